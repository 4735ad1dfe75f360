/* The search: finds reports by pairs of characters, then looks into the text itself. Script files only, so that it works
   from a disk too. The page is a plain index without this file. */
(function () {
  "use strict";
  var form = document.getElementById("find");
  if (!form) return;
  var field = form.elements.q, choice = form.elements.y, words = form.dataset;
  var results = document.getElementById("results"), hits = document.getElementById("hits");
  var head = document.getElementById("found"), aside = document.getElementById("aside");
  var byYear = document.getElementById("by-year"), more = document.getElementById("more");
  var plain = document.getElementById("plain"), nothing = document.getElementById("nothing"), instead = document.getElementById("instead"), status = document.getElementById("status");
  var FIRST = 3, NEXT = 10, PLACES = 3, AROUND = 32;
  var table = known(), pairs = {}, texts = {}, waiting = {}, run = 0;

  /* what the script files call */
  window.nianbaoSearch = {
    pairs: function (key, lines) { pairs[key] = lines; },
    text: function (key, report) { texts[key] = report; }
  };

  /* years, organs and terms stand in the page itself, which is an index without this file */
  function known() {
    function all(selector) { return Array.prototype.slice.call(plain.querySelectorAll(selector)); }
    function words(element) { return element ? element.textContent : ""; }
    return {
      parts: JSON.parse(form.dataset.table),
      organs: all(".organs a").map(function (link) { return [link.getAttribute("href").split("/")[2], link.parentNode.textContent]; }),
      terms: all(".glossary div").map(function (entry) {
        return [entry.querySelector("dt").firstChild.textContent, words(entry.querySelector("dd")), words(entry.querySelector(".article"))];
      })
    };
  }
  function load(address, done) {
    if (waiting[address]) { waiting[address].push(done); return; }
    waiting[address] = [done];
    var script = document.createElement("script");
    script.src = words.base + address + "?v=" + words.version;
    script.onload = script.onerror = function (event) {
      var calls = waiting[address];
      delete waiting[address];
      document.head.removeChild(script);
      calls.forEach(function (call) { call(event.type === "load"); });
    };
    document.head.appendChild(script);
  }
  /* loads what is not there yet, all at once, then goes on */
  function need(items, done, failed) {
    var left = items.length, sound = true;
    if (!left) { done(); return; }
    items.forEach(function (item) {
      load(item, function (ok) {
        sound = sound && ok;
        left -= 1;
        if (!left) { if (sound) done(); else failed(); }
      });
    });
  }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }
  function fold(text) { return text.replace(/[A-Z]+/g, function (found) { return found.toLowerCase(); }); }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }
  function link(text, address) {
    var element = make("a", "", text);
    element.href = address;
    return element;
  }

  /* ---- which reports can hold a word: a few pairs of it are enough, the text decides */
  function probes(word) {
    if (word.length === 1) return [word + "\t"];
    var last = word.length - 2, all = [word.substr(0, 2)];
    if (last > 1) all.push(word.substr(last >> 1, 2));
    if (last > 0) all.push(word.substr(last, 2));
    return all;
  }
  /* a part of the index: its name, years, first organ, numbers a year, files, the row of all its reports */
  function address(part, probe) {
    return part[0] + "/" + (probe.charCodeAt(0) * 31 + probe.charCodeAt(1)) % part[4];
  }
  function digit(letter) {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(letter);
  }
  /* the reports of a row: numbers, bits behind "*", or behind "!" those of everyone that are not meant */
  function members(row, everyone) {
    var found = {}, kind = row.charAt(0), at;
    if (kind === "*") {
      for (at = 0; at < row.length * 6; at += 1) {
        var bit = at ^ 7; /* a byte's first report is its last bit */
        if (digit(row.charAt(1 + Math.floor(bit / 6))) >> 5 - bit % 6 & 1) found[at] = true;
      }
      return found;
    }
    for (at = kind === "!" ? 1 : 0; at < row.length; at += 2) found[digit(row.charAt(at)) * 64 + digit(row.charAt(at + 1))] = true;
    if (kind !== "!") return found;
    var rest = {};
    Object.keys(everyone).forEach(function (number) { if (!found[number]) rest[number] = true; });
    return rest;
  }
  function holders(part, probe) {
    var lines = pairs[address(part, probe)], at = lines.indexOf("\n" + probe);
    return at < 0 ? {} : members(lines.slice(at + 3, lines.indexOf("\n", at + 1)), members(part[5], {}));
  }
  /* year and organ of the reports that can hold what is asked, in order */
  function candidates(part, asked) {
    var left = null;
    asked.forEach(function (probe) {
      var some = holders(part, probe);
      left = left === null ? Object.keys(some) : left.filter(function (code) { return some[code]; });
    });
    return left.map(Number).sort(function (a, b) { return a - b; }).map(function (number) {
      return [part[1][Math.floor(number / part[3])], part[2] + number % part[3]];
    });
  }

  /* ---- where the words stand */
  function places(text, list) {
    var folded = fold(text), found = [];
    list.forEach(function (word) {
      for (var at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    });
    return found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  }
  function marked(parent, text, start, end, list) {
    var at = start;
    places(text.slice(start, end), list).forEach(function (place) {
      var from = start + place[0], to = start + place[1];
      if (from < at) return;
      parent.appendChild(document.createTextNode(text.slice(at, from)));
      parent.appendChild(make("mark", "", text.slice(from, to)));
      at = to;
    });
    parent.appendChild(document.createTextNode(text.slice(at, end)));
  }
  function around(text, place, list) {
    var item = make("span", "context");
    var start = Math.max(0, place[0] - AROUND), end = Math.min(text.length, place[1] + AROUND);
    if (start) item.appendChild(document.createTextNode("…"));
    marked(item, text, start, end, list);
    if (end < text.length) item.appendChild(document.createTextNode("…"));
    return item;
  }
  /* a report's places, line by line; null where one of the words is missing */
  function read(report, list) {
    var found = [], missing = list.slice();
    report[3].forEach(function (part) {
      part[2].split("\n").forEach(function (line) {
        var here = places(line, list), last = -1;
        here.forEach(function (place) {
          var word = fold(line.slice(place[0], place[1]));
          missing = missing.filter(function (one) { return one !== word && word.indexOf(one) < 0; });
          if (place[0] >= last) { found.push([part, line, place]); last = place[1]; }
        });
      });
    });
    return missing.length ? null : found;
  }
  function show(hit, list) {
    var item = make("li"), title = make("h3"), folder = "../" + hit.key + "/index.html";
    title.appendChild(link(hit.report[0], folder));
    item.appendChild(title);
    var line = fill(words.places, { count: hit.places.length });
    item.appendChild(make("p", "note", hit.report[1] + (hit.report[2] ? "\u3000" + hit.report[2] : "") + "\u3000" + line));
    var shown = make("ul", "contexts"), lines = [];
    hit.places.forEach(function (place) {
      if (lines.indexOf(place[1]) >= 0 || lines.length >= PLACES) return;
      lines.push(place[1]);
      var entry = make("li");
      if (place[0][0]) entry.appendChild(link(place[0][1], folder + "#" + place[0][0]));
      entry.appendChild(around(place[1], place[2], list));
      shown.appendChild(entry);
    });
    item.appendChild(shown);
    hits.appendChild(item);
  }

  /* ---- one search */
  function search(text, only) {
    var number = run += 1;
    var list = fold(text).split(/\s+/).filter(function (word, at, all) { return word && all.indexOf(word) === at; });
    hits.textContent = aside.textContent = byYear.textContent = "";
    more.hidden = true;
    results.hidden = !list.length;
    plain.hidden = !!list.length;
    nothing.hidden = instead.hidden = true;
    if (!list.length) { status.textContent = ""; return; }
    head.textContent = words.searching;
    var state = { list: list, said: list.join(words.comma), queue: [], found: 0, pending: 0 };
    function failed() { if (number === run) { head.textContent = status.textContent = words.failed; } }
    names(list);
    (function () {
      var asked = [].concat.apply([], list.map(probes));
      asked = asked.filter(function (probe, at) { return asked.indexOf(probe) === at; });
      function wanted(year) { return !only || String(year) === only; }
      var parts = table.parts.filter(function (part) { return part[1].some(wanted); }), files = {};
      parts.forEach(function (part) {
        asked.forEach(function (probe) { if (!(address(part, probe) in pairs)) files[address(part, probe) + ".js"] = true; });
      });
      need(Object.keys(files), function () {
        if (number !== run) return;
        var counts = {}, order = [];
        parts.forEach(function (part) {
          part[1].filter(wanted).forEach(function (year) { if (!(year in counts)) { counts[year] = 0; order.push(year); } });
          candidates(part, asked).forEach(function (report) {
            if (!wanted(report[0])) return;
            counts[report[0]] += 1;
            state.queue.push(report[0] + "/" + table.organs[report[1]][0]);
          });
        });
        /* a single pair is in a report or not; several may stand apart, so the number is the most there can be */
        var exact = list.every(function (word) { return word.length < 3; });
        if (order.length > 1 && state.queue.length) {
          byYear.appendChild(document.createTextNode(words.years));
          order.forEach(function (year) {
            byYear.appendChild(make("span", "", fill(exact ? words.year : words.yearMost, { year: year, count: counts[year] })));
          });
        }
        state.exact = exact;
        more.onclick = function () { var from = hits.children.length; advance(state, number, NEXT, failed, from); };
        advance(state, number, FIRST, failed, -1);
      }, failed);
    })();
  }
  /* reads reports until so many more hits are shown */
  function advance(state, number, wanted, failed, from) {
    var some = state.queue.splice(0, Math.max(1, wanted));
    var files = some.filter(function (key) { return !texts[key]; }).map(function (key) { return "../" + key + "/text.js"; });
    need(files, function () {
      if (number !== run) return;
      some.forEach(function (key) {
        var found = read(texts[key], state.list);
        if (!found) return;
        state.found += 1;
        wanted -= 1;
        show({ key: key, report: texts[key], places: found }, state.list);
      });
      if (wanted > 0 && state.queue.length) { advance(state, number, wanted, failed, from); return; }
      tell(state);
      if (from >= 0 && hits.children[from]) hits.children[from].querySelector("a").focus();
    }, failed);
  }
  function tell(state) {
    var left = state.queue.length;
    var text = left ? words.foundMore : state.found ? words.found : words.none;
    text = fill(text, { words: state.said, count: state.found, most: left });
    head.textContent = status.textContent = text;
    more.hidden = !left;
    /* nothing to read: what to try, and the index, as without words */
    if (!left && !state.found) { nothing.hidden = plain.hidden = false; offer(); }
  }
  /* wide digits and letters, and numbers in groups of three, are not printed in reports: the same without them is a click away */
  function offer() {
    var text = field.value.trim(), other = text.replace(/(\d)[,\uff0c](?=\d{3})/g, "$1"), way = instead.firstChild;
    if (other.normalize) other = other.replace(/[\uff01-\uff5e]+/g, function (wide) { return wide.normalize("NFKC"); }).replace(/(\d),(?=\d{3})/g, "$1");
    instead.hidden = other === text;
    way.textContent = fill(words.instead, { words: other });
    way.href = "index.html?q=" + encodeURIComponent(other);
  }
  /* organs and terms by name need no report */
  function names(list) {
    function all(text) { return list.every(function (word) { return fold(text).indexOf(word) >= 0; }); }
    var organs = table.organs.filter(function (organ) { return all(organ[1]); });
    var terms = table.terms.filter(function (term) { return all(term[0]) || all(term[1]); });
    if (organs.length) {
      var line = make("p", "found-organs", words.organs);
      organs.slice(0, 12).forEach(function (organ) { line.appendChild(link(organ[1], "../organs/" + organ[0] + "/index.html")); });
      aside.appendChild(line);
    }
    if (terms.length) {
      var listed = make("dl", "glossary");
      terms.slice(0, 4).forEach(function (term) {
        var entry = make("div"), name = make("dt"), said = make("dd");
        marked(name, term[0], 0, term[0].length, list);
        marked(said, term[1], 0, term[1].length, list);
        if (term[2]) name.appendChild(make("span", "article", term[2]));
        entry.appendChild(name);
        entry.appendChild(said);
        listed.appendChild(entry);
      });
      aside.appendChild(listed);
    }
  }

  /* ---- the address holds the question */
  function asked() {
    var values = {};
    location.search.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      try { values[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1).replace(/\+/g, " ")); } catch (error) { /* not ours */ }
    });
    return values;
  }
  function remember() {
    var query = field.value.trim() ? "?q=" + encodeURIComponent(field.value.trim()) + (choice.value ? "&y=" + choice.value : "") : location.pathname;
    try { history.replaceState(null, "", query); } catch (error) { /* a page on a disk may not: the search works all the same */ }
  }
  function go() { remember(); search(field.value, choice.value); }
  form.addEventListener("submit", function (event) { event.preventDefault(); go(); });
  choice.addEventListener("change", go);
  var now = asked();
  field.value = now.q || "";
  if (now.y) choice.value = now.y;
  if (field.value) search(field.value, choice.value); else field.focus({ preventScroll: true });
})();
