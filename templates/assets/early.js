/* Before the first paint: the reader's stored wishes. Without storage the page is simply as it comes. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.setAttribute("data-script", "");
  try {
    ["size", "mode", "contrast", "scheme"].forEach(function (name) {
      var value = localStorage.getItem("nianbao-" + name);
      if (value) root.setAttribute("data-" + name, value);
    });
  } catch (error) { /* storage refused */ }
})();
