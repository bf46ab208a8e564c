// Runs before the first paint so that a dark page never flashes white; a file, because the policy allows no inline script.
(function () {
  var stored = null;
  try {
    stored = window.localStorage.getItem("mantine-color-scheme-value");
  } catch (error) {
    stored = null; // Storage is switched off: follow the system.
  }
  var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  var scheme = stored === "dark" || stored === "light" ? stored : dark ? "dark" : "light";
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
