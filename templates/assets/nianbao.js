/* Reading tools and sortable tables. Every page is whole without this file. */
(function () {
  "use strict";
  var root = document.documentElement;
  var status = document.getElementById("status");
  var collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

  function say(text) { status.textContent = text; }

  /* 字号、长者模式、高对比、打印 */
  function store(name, value) {
    if (value) root.setAttribute("data-" + name, value); else root.removeAttribute("data-" + name);
    try {
      if (value) localStorage.setItem("nianbao-" + name, value); else localStorage.removeItem("nianbao-" + name);
    } catch (error) { /* storage refused: the wish lasts for this page */ }
  }
  var TOOLS = [
    ["小", "字号小", "size", "small"], ["中", "字号中", "size", ""], ["大", "字号大", "size", "large"],
    ["长者模式", "长者模式", "mode", "elder"], ["高对比", "高对比", "contrast", "high"]
  ];
  function press() {
    document.querySelectorAll("#tools button[data-name]").forEach(function (button) {
      var now = root.getAttribute("data-" + button.dataset.name) || "";
      button.setAttribute("aria-pressed", String(now === button.dataset.value));
    });
  }
  function tools() {
    var box = document.getElementById("tools");
    TOOLS.forEach(function (tool) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = tool[0];
      if (tool[0] !== tool[1]) button.setAttribute("aria-label", tool[1]);
      button.dataset.name = tool[2];
      button.dataset.value = tool[3];
      button.addEventListener("click", function () {
        var on = button.getAttribute("aria-pressed") === "true" && tool[2] !== "size";
        store(tool[2], on ? "" : tool[3]);
        press();
        say(tool[1] + (on ? "已关闭" : "已启用"));
      });
      box.appendChild(button);
    });
    var print = document.createElement("button");
    print.type = "button";
    print.textContent = "打印";
    print.addEventListener("click", function () { window.print(); });
    box.appendChild(print);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "阅读工具");
    box.hidden = false;
    press();
  }

  /* Sorting: ascending → descending → official order; blanks last either way. */
  function key(row, column, number) {
    var cell = row.cells[column];
    var text = cell.textContent.trim();
    if (!number) return text;
    var value = parseFloat(cell.dataset.v || text.replace(/,/g, ""));
    return isNaN(value) ? "" : value;
  }
  function sortable(table) {
    var body = table.tBodies[0];
    var official = Array.prototype.slice.call(body.rows);
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    if (official.length < 2) return;
    var reset = document.createElement("button");
    reset.type = "button";
    reset.className = "reset";
    reset.textContent = "恢复原来的次序";
    reset.hidden = true;
    table.parentNode.parentNode.insertBefore(reset, table.parentNode);

    function arrange(column, direction) {
      heads.forEach(function (head, index) {
        if (index === column && direction) head.setAttribute("aria-sort", direction); else head.removeAttribute("aria-sort");
      });
      var rows = official.slice();
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
      var button = document.createElement("button");
      button.type = "button";
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

  tools();
  document.querySelectorAll("table.sortable").forEach(sortable);
})();
