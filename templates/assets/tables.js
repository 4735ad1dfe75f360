/* Tables of data: sorting, narrowing, and the address that remembers both. Every table is whole without this file.
   Written for old browsers too: no append, no :has, no arrow functions. */
(function () {
  "use strict";
  var holder = document.getElementById("words");
  if (!holder) return;
  var words = holder.dataset, status = document.getElementById("status");
  var collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });
  var tables = [], wish = asked();

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (name === "button") element.type = "button";
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  /* ---- the address: ?sort=table.column (- before the column: descending) &name= &level= &group= */
  function asked() {
    var values = {};
    location.search.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      try { values[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1).replace(/\+/g, " ")); } catch (error) { /* not ours */ }
    });
    return values;
  }
  function remember(changed) {
    Object.keys(changed).forEach(function (name) { if (changed[name]) wish[name] = changed[name]; else delete wish[name]; });
    var query = Object.keys(wish).filter(Boolean).map(function (name) { return name + "=" + encodeURIComponent(wish[name]); }).join("&");
    try { history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash); } catch (error) { /* a page on a disk may not */ }
  }

  /* ---- a long list begins with its districts alone; who narrows, sorts or asks for them gets all rows */
  function whole() {
    all("table.long").forEach(function (table) { table.classList.remove("long"); });
    all("button.whole").forEach(function (button) { button.hidden = true; });
  }
  function shortened(form) {
    var table = document.querySelector("table.long"), button = form.querySelector("button.whole");
    if (!table) return;
    if (wish.rows === "all") { whole(); return; }
    var everyone = all("tbody tr", table).length;
    form.querySelector("output").textContent = fill(words.shown, { count: all("tbody tr.leading", table).length, all: everyone });
    button.hidden = false;
    button.addEventListener("click", function () {
      whole();
      remember({ rows: "all" });
      form.querySelector("output").textContent = fill(words.shown, { count: everyone, all: everyone });
      form.elements.name.focus();
    });
  }

  /* ---- sorting: numbers the largest first, words from the first; then the other way; then as printed. Blanks stay last. */
  function key(row, column, number) {
    var cell = row.cells[column];
    if (!cell) return "";
    var text = cell.hasAttribute("data-v") ? cell.getAttribute("data-v") : cell.textContent.trim();
    if (!number) return text;
    var value = parseFloat(text.replace(/,/g, ""));
    return isNaN(value) ? "" : value;
  }
  function sortable(table, number) {
    var body = table.tBodies[0], official = all("tr", body), heads = all("th, td", table.tHead.rows[0]);
    if (official.length < 2) return;
    var reset = make("button", "reset", words.reset), place = table.parentNode;
    reset.hidden = true;
    place.parentNode.insertBefore(reset, place);
    function arrange(column, direction, quiet) {
      if (direction) whole();
      heads.forEach(function (head, index) {
        if (index === column && direction) head.setAttribute("aria-sort", direction); else head.removeAttribute("aria-sort");
      });
      var rows = official;
      if (direction) {
        var numeric = heads[column].dataset.kind !== "text", sign = direction === "ascending" ? 1 : -1;
        rows = rows.map(function (row, index) { return [key(row, column, numeric), index, row]; }).sort(function (a, b) {
          if (a[0] === "" || b[0] === "") return (a[0] === "") - (b[0] === "") || a[1] - b[1];
          return (numeric ? a[0] - b[0] : collator.compare(a[0], b[0])) * sign || a[1] - b[1];
        }).map(function (item) { return item[2]; });
      }
      rows.forEach(function (row) { body.appendChild(row); });
      table.classList.toggle("sorted", !!direction);
      reset.hidden = !direction;
      if (quiet) return;
      remember({ sort: direction ? number + "." + (direction === "descending" ? "-" : "") + column : "" });
      var name = column < 0 ? "" : heads[column].textContent.trim();
      status.textContent = !direction ? words.restored : fill(direction === "ascending" ? words.ascending : words.descending, { name: name });
    }
    heads.forEach(function (head, column) {
      if (!head.dataset.kind) return;
      var button = make("button"), first = head.dataset.kind === "number" ? "descending" : "ascending";
      var second = first === "ascending" ? "descending" : "ascending";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        arrange(column, now === first ? second : now === second ? "" : first);
      });
    });
    reset.addEventListener("click", function () {
      arrange(-1, "");
      heads[0].querySelector("button").focus();
    });
    var wished = /^(\d+)\.(-?)(\d+)$/.exec(wish.sort || "");
    if (wished && +wished[1] === number && heads[+wished[3]] && heads[+wished[3]].dataset.kind) {
      arrange(+wished[3], wished[2] ? "descending" : "ascending", true);
    }
  }

  /* ---- narrowing: part of a name, a level, a district; all tables of the page follow */
  function narrowing(form) {
    var rows = all("table.narrowed tbody tr"), fields = form.elements;
    if (rows.length < 9) { form.hidden = true; return; }
    function name(row) { return row.cells[0].textContent; }
    function options(select, values) {
      if (values.length < 2) { select.parentNode.hidden = true; return; }
      values.forEach(function (value) {
        var option = make("option", "", value);
        option.value = value;
        select.appendChild(option);
      });
    }
    function once(values) { return values.filter(function (value, at) { return value && values.indexOf(value) === at; }); }
    options(fields.level, once(rows.map(function (row) { return row.cells[1].textContent; })));
    options(fields.group, once(rows.map(function (row) { return row.getAttribute("data-group"); })));
    function apply(quiet) {
      var part = fields.name.value.trim(), level = fields.level.value, group = fields.group.value, shown = {}, known = {};
      rows.forEach(function (row) {
        var fits = name(row).indexOf(part) >= 0 && (!level || row.cells[1].textContent === level) && (!group || row.getAttribute("data-group") === group);
        row.hidden = !fits;
        known[name(row)] = true;
        if (fits) shown[name(row)] = true;
      });
      var some = !!(part || level || group);
      if (some) whole();
      all("table.narrowed").forEach(function (table) {
        var left = all("tbody tr", table).some(function (row) { return !row.hidden; });
        if (table.tFoot) table.tFoot.hidden = some;
        table.classList.toggle("none-left", !left);
      });
      all("main section").forEach(function (section) {
        var inside = all("table.narrowed", section);
        if (inside.length) section.hidden = inside.every(function (table) { return table.classList.contains("none-left"); });
      });
      form.querySelector("output").textContent = some ? fill(words.shown, { count: Object.keys(shown).length, all: Object.keys(known).length }) : "";
      if (quiet) return;
      remember({ name: part, level: level, group: group });
    }
    ["name", "level", "group"].forEach(function (field) { if (wish[field]) fields[field].value = wish[field]; });
    form.addEventListener("input", function () { apply(); });
    form.addEventListener("change", function () { apply(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    if (fields.name.value || fields.level.value || fields.group.value) apply(true); else shortened(form);
  }

  /* ---- elder mode shows rows as cards: every figure then needs the name of its column */
  function cards() {
    if (document.documentElement.getAttribute("data-mode") === "elder") all("table.list:not(.labelled)").forEach(labelled);
  }
  function labelled(table) {
    var heads = all("th, td", table.tHead.rows[0]).map(function (head) { return fill(words.label, { label: head.textContent.trim() }); });
    all("tbody tr, tfoot tr", table).forEach(function (row) {
      all("td", row).forEach(function (cell) { cell.setAttribute("data-label", heads[cell.cellIndex] || ""); });
    });
    table.classList.add("labelled");
  }

  /* ---- an edge shadow where something is hidden, on either side */
  function edges(box) {
    function look() {
      var left = box.scrollLeft > 1, right = box.scrollLeft + box.clientWidth < box.scrollWidth - 1;
      box.classList.toggle("more-left", left);
      box.classList.toggle("more-right", right);
      if (left || right) box.classList.add("wider");
    }
    box.addEventListener("scroll", look);
    window.addEventListener("resize", look);
    look();
  }

  all("table.sortable").forEach(function (table, number) { tables.push(table); sortable(table, number); });
  all("form.narrow").forEach(narrowing);
  cards();
  all("#tools [data-name=mode]").forEach(function (button) { button.addEventListener("click", cards); });
  if (window.IntersectionObserver) {
    var near = new IntersectionObserver(function (seen) {
      seen.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        near.unobserve(entry.target);
        edges(entry.target);
      });
    });
    all(".scroll").forEach(function (box) { near.observe(box); });
  } else {
    all(".scroll").forEach(edges);
  }
})();
