/* Reading tools, explanations at hand. Every page is whole without this file. Written for old browsers too. */
(function () {
  "use strict";
  var root = document.documentElement;
  var status = document.getElementById("status");
  var holder = document.getElementById("words");
  if (!holder) return;
  var words = holder.dataset;

  function say(text) { status.textContent = text; }
  function put(parent, children) { children.forEach(function (child) { parent.appendChild(child); }); }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (name === "button") element.type = "button";
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /* the reading tools: size of letters, elder mode, high contrast, dark colours, print */
  function store(name, value) {
    if (value) root.setAttribute("data-" + name, value); else root.removeAttribute("data-" + name);
    try {
      if (value) localStorage.setItem("nianbao-" + name, value); else localStorage.removeItem("nianbao-" + name);
    } catch (error) { /* storage refused: the wish lasts for this page */ }
  }
  function dark() {
    var wish = root.getAttribute("data-scheme");
    return wish ? wish === "dark" : !!window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function pressed(button) {
    var name = button.dataset.name;
    return name === "scheme" ? dark() : (root.getAttribute("data-" + name) || "") === button.dataset.value;
  }
  function press() {
    all("#tools [data-name]").forEach(function (button) { button.setAttribute("aria-pressed", String(pressed(button))); });
  }
  function tools() {
    all("#tools [data-name]").forEach(function (button) {
      button.addEventListener("click", function () {
        var name = button.dataset.name, off = name !== "size" && pressed(button);
        store(name, name === "scheme" && off ? "light" : off ? "" : button.dataset.value);
        press();
        say((off ? words.off : words.on).replace("{name}", button.getAttribute("aria-label") || button.textContent));
      });
    });
    all("#tools .print").forEach(function (button) { button.addEventListener("click", function () { window.print(); }); });
    press();
  }

  /* reading aloud, where the browser has a voice that speaks the page's language */
  function aloud() {
    var button = document.getElementById("aloud"), speech = window.speechSynthesis, queue = [];
    if (!button || !speech || !window.SpeechSynthesisUtterance) return;
    function voice() {
      return speech.getVoices().filter(function (one) { return /^(zh|cmn)/i.test(one.lang); })[0];
    }
    function stop() {
      queue = [];
      speech.cancel();
      button.textContent = words.read;
      button.setAttribute("aria-pressed", "false");
    }
    function next() {
      var text = queue.shift(), said;
      if (!text) { stop(); return; }
      said = new SpeechSynthesisUtterance(text);
      said.voice = voice();
      said.lang = said.voice.lang;
      said.onend = next;
      speech.speak(said);
    }
    button.addEventListener("click", function () {
      if (queue.length || speech.speaking) { stop(); return; }
      queue = all("article h1, article .text > h2, article .text > h3, article .text > p, article .text li")
        .map(function (element) { return element.textContent.trim(); }).filter(Boolean);
      button.textContent = words.stop;
      button.setAttribute("aria-pressed", "true");
      next();
    });
    window.addEventListener("pagehide", stop);
    function offer() { if (voice()) button.hidden = false; }
    if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
    offer();
  }

  /* A term's explanation comes to the reader; Esc or a click elsewhere sends it away, and the reader is where they were. */
  function terms() {
    if (!HTMLElement.prototype.showPopover || !document.querySelector(".term")) return;
    var tip = make("div", "tip");
    var from = null;
    tip.popover = "auto";
    tip.tabIndex = -1;
    tip.setAttribute("role", "note");
    document.getElementById("main").appendChild(tip);
    tip.addEventListener("toggle", function (event) {
      if (event.newState === "closed" && from && (document.activeElement === tip || document.activeElement === document.body)) from.focus();
    });
    all(".term").forEach(function (link) {
      link.addEventListener("click", function (event) {
        var entry = document.querySelector(link.hash);
        var article = entry.querySelector(".article");
        event.preventDefault();
        from = link;
        tip.textContent = "";
        put(tip, [make("b", "", entry.querySelector("dt").firstChild.textContent), entry.querySelector("dd").firstChild.cloneNode()]);
        if (article) tip.appendChild(article.cloneNode(true));
        tip.showPopover();
        var place = link.getBoundingClientRect();
        var below = place.bottom + 8 + tip.offsetHeight < window.innerHeight;
        tip.style.left = Math.max(16, Math.min(place.left, root.clientWidth - tip.offsetWidth - 16)) + "px";
        tip.style.top = Math.max(8, below ? place.bottom + 8 : place.top - tip.offsetHeight - 8) + "px";
        tip.focus();
      });
    });
  }

  /* The contents tell where the reader is. */
  function contents() {
    var links = all(".toc a");
    if (!links.length || !window.IntersectionObserver) return;
    var watcher = new IntersectionObserver(function (seen) {
      seen.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        links.forEach(function (link) {
          if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "0px 0px -70% 0px" });
    links.forEach(function (link) { watcher.observe(document.getElementById(link.hash.slice(1))); });
  }

  /* "Cite this": the row or cell that the address names, too; a button that copies; where the browser forbids it, the text is selected for Ctrl+C. */
  function citing() {
    all(".cite .url").forEach(function (url) {
      var page = url.textContent;
      function place() {
        var id = location.hash.slice(1), row;
        try { id = decodeURIComponent(id); } catch (error) { /* as typed */ }
        row = id && document.getElementById(id);
        url.textContent = row && row.closest("table.statutory") ? page + "#" + id : page;
      }
      window.addEventListener("hashchange", place);
      place();
    });
    all(".cite").forEach(function (text) {
      var button = make("button", "copy", words.copy);
      function done() { say(words.copied); button.textContent = words.copied; }
      function select() {
        var range = document.createRange(), copied = false;
        range.selectNodeContents(text);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        try { copied = document.execCommand("copy"); } catch (error) { /* forbidden: it stays selected */ }
        if (copied) done(); else say(words.notCopied);
      }
      button.addEventListener("click", function () {
        if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, select); else select();
      });
      text.parentNode.insertBefore(button, text.nextSibling);
    });
  }

  tools();
  aloud();
  citing();
  terms();
  contents();
})();
