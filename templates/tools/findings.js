(function () {
  "use strict";
  var form = document.getElementById("filter"), shown = document.getElementById("shown");
  var items = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  function apply() {
    var levels = Array.prototype.map.call(form.querySelectorAll("[name=level]:checked"), function (box) { return box.value; });
    var rule = form.elements.rule.value, words = form.elements.words.value.trim().toLowerCase(), n = 0;
    items.forEach(function (item) {
      var fits = levels.indexOf(item.dataset.level) >= 0 && (!rule || item.dataset.rule === rule) &&
        (!words || item.closest(".group").querySelector("h2").textContent.toLowerCase().indexOf(words) >= 0 || item.textContent.toLowerCase().indexOf(words) >= 0);
      item.hidden = !fits;
      n += fits;
    });
    document.querySelectorAll(".group").forEach(function (group) { group.hidden = !group.querySelector(".finding:not([hidden])"); });
    shown.textContent = shown.dataset.text.replace("{n}", n).replace("{total}", shown.dataset.total);
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  apply();
})();
