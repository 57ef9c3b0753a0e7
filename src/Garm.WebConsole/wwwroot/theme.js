// Before the first paint, so that a page does not flash in the other colours.
(() => {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const choice = () => {
    try { return localStorage.getItem("garm-theme") || "auto"; } catch { return "auto"; }
  };
  const isDark = () => (choice() === "auto" ? media.matches : choice() === "dark");
  const listeners = [];
  const apply = () => {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    listeners.forEach(x => x(choice()));
  };
  media.addEventListener("change", apply);
  window.garmTheme = {
    choice,
    listen: listener => listeners.push(listener),
    choose(value) {
      try {
        if (value === "auto") localStorage.removeItem("garm-theme");
        else localStorage.setItem("garm-theme", value);
      } catch { /* A browser that keeps nothing has the choice for this page. */ }
      apply();
    },
  };
  apply();
})();
