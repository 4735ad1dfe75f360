/* Reading tools, sortable tables, explanations at hand. Every page is whole without this file. */
(function () {
  "use strict";
  var root = document.documentElement;
  var status = document.getElementById("status");
  var collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

  function say(text) { status.textContent = text; }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (name === "button") element.type = "button";
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /* 字号、长者模式、高对比、打印 */
  function store(name, value) {
    if (value) root.setAttribute("data-" + name, value); else root.removeAttribute("data-" + name);
    try {
      if (value) localStorage.setItem("nianbao-" + name, value); else localStorage.removeItem("nianbao-" + name);
    } catch (error) { /* storage refused: the wish lasts for this page */ }
  }
  function press() {
    all("#tools [data-name]").forEach(function (button) {
      var now = root.getAttribute("data-" + button.dataset.name) || "";
      button.setAttribute("aria-pressed", String(now === button.dataset.value));
    });
  }
  function tool(text, label, name, value) {
    var button = make("button", "", text);
    if (text !== label) button.setAttribute("aria-label", label);
    button.dataset.name = name;
    button.dataset.value = value;
    button.addEventListener("click", function () {
      var off = name !== "size" && button.getAttribute("aria-pressed") === "true";
      store(name, off ? "" : value);
      press();
      say(label + (off ? "已关闭" : "已启用"));
    });
    return button;
  }
  function tools() {
    var box = document.getElementById("tools");
    var sizes = make("div", "sizes");
    sizes.append(tool("小", "字号小", "size", "small"), tool("中", "字号中", "size", ""), tool("大", "字号大", "size", "large"));
    var print = make("button", "print", "打印");
    print.addEventListener("click", function () { window.print(); });
    box.append(sizes, tool("长者模式", "长者模式", "mode", "elder"), tool("高对比", "高对比", "contrast", "high"), print);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "阅读工具");
    box.hidden = false;
    press();
  }

  /* Sorting: ascending → descending → official order; blanks last either way. */
  function key(row, column, number) {
    var cell = row.cells[column];
    var text = cell.textContent.trim();
    if (!number) return cell.dataset.v || text;
    var value = parseFloat(cell.dataset.v || text.replace(/,/g, ""));
    return isNaN(value) ? "" : value;
  }
  function sortable(table) {
    var body = table.tBodies[0];
    var official = Array.prototype.slice.call(body.rows);
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    if (official.length < 2) return;
    var reset = make("button", "reset", "恢复原来的次序");
    reset.hidden = true;
    table.parentNode.parentNode.insertBefore(reset, table.parentNode);

    function arrange(column, direction) {
      heads.forEach(function (head, index) {
        if (index === column && direction) head.setAttribute("aria-sort", direction); else head.removeAttribute("aria-sort");
      });
      var rows = official;
      if (direction) {
        var number = heads[column].dataset.kind === "number";
        var sign = direction === "ascending" ? 1 : -1;
        rows = rows.map(function (row, index) { return [key(row, column, number), index, row]; }).sort(function (a, b) {
          if (a[0] === "" || b[0] === "") return (a[0] === "") - (b[0] === "") || a[1] - b[1];
          return (number ? a[0] - b[0] : collator.compare(a[0], b[0])) * sign || a[1] - b[1];
        }).map(function (item) { return item[2]; });
      }
      rows.forEach(function (row) { body.appendChild(row); });
      reset.hidden = !direction;
      var name = column < 0 ? "" : heads[column].textContent.trim();
      say(!direction ? "已恢复原来的次序" : "已按" + name + (direction === "ascending" ? "升序" : "降序") + "排列");
    }
    heads.forEach(function (head, column) {
      var button = make("button");
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        arrange(column, now === "ascending" ? "descending" : now === "descending" ? "" : "ascending");
      });
    });
    reset.addEventListener("click", function () {
      arrange(-1, "");
      heads[0].querySelector("button").focus();
    });
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
        tip.replaceChildren(make("b", "", entry.querySelector("dt").firstChild.textContent), entry.querySelector("dd").firstChild.cloneNode());
        if (article) tip.append(article.cloneNode(true));
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

  tools();
  all("table.sortable").forEach(sortable);
  terms();
  contents();
})();
