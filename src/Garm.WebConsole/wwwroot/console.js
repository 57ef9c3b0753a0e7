// Starts the circuit, finds another node when this one is gone, and tells the circuit what only the browser knows.
(() => {
  const box = document.getElementById("connection");
  const say = text => { box.textContent = text; box.hidden = !text; };
  const pause = ms => new Promise(done => setTimeout(done, ms));
  let shell = null;
  let told = "";

  // The circuit lives on one node. While that node is there, the same circuit goes on; any other node refuses it, and the page is
  // loaded again: all that it shows is in its address.
  async function comeBack() {
    for (let tries = 0; ; tries++) {
      if (tries > 0) await pause(Math.min(250 * 2 ** tries, 3000));
      say(`${told || "The connection to the node is lost."} Looking for a node…`);
      try {
        const answer = await fetch("alive", { cache: "no-store", redirect: "manual" });
        if (answer.status === 401) { location.reload(); return; }
        if (!answer.ok) continue;
        if (await Blazor.reconnect()) { say(""); told = ""; return; }
        location.reload();
        return;
      } catch {
        // No node answers yet.
      }
    }
  }

  let isComingBack = false;
  const reconnectionHandler = {
    onConnectionDown() {
      if (isComingBack) return;
      isComingBack = true;
      comeBack().finally(() => { isComingBack = false; });
    },
    onConnectionUp() { say(""); told = ""; },
  };

  window.garmConsole = {
    attach(ref) {
      shell = ref;
      return { theme: garmTheme.choice(), visible: !document.hidden };
    },
    detach() { shell = null; },
    // The node stops: said before the connection is.
    nodeStops() { told = "This node is stopping."; say("This node is stopping. Another one takes over…"); },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // The clipboard's API exists over TLS and on the own machine alone.
        const area = Object.assign(document.createElement("textarea"), { value: text });
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        return done;
      }
    },
  };

  garmTheme.listen(theme => shell?.invokeMethodAsync("OnThemeAsync", theme));
  document.addEventListener("visibilitychange", () => shell?.invokeMethodAsync("OnVisibleAsync", !document.hidden));

  // A button of a list names the event that it opens. The address holds which one is open.
  document.addEventListener("click", event => {
    const cursor = event.target.closest("[data-event]")?.dataset.event;
    if (!cursor) return;
    const address = new URL(location.href);
    if (address.searchParams.get("event") === cursor) address.searchParams.delete("event");
    else address.searchParams.set("event", cursor);
    Blazor.navigateTo(address.href, { replaceHistoryEntry: true });
  });

  // "/" leads to the page's search, as on many sites; "g" and a letter to a page.
  const pages = { f: "", l: "live", t: "timeline", s: "sessions", n: "nodes", o: "sources", u: "users" };
  let isGoing = false;
  document.addEventListener("keydown", event => {
    const at = event.target;
    const writes = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { search.focus(); search.select(); event.preventDefault(); }
    } else if (isGoing && event.key in pages) {
      Blazor.navigateTo(pages[event.key] || ".");
    }
    isGoing = event.key === "g";
  });

  Blazor.start({
    circuit: {
      reconnectionHandler,
      // At once as a websocket: asking first and then connecting would have to reach the same node twice.
      configureSignalR: builder => builder.withUrl(new URL("_blazor", document.baseURI).href, { skipNegotiation: true, transport: 1 }),
    },
  });
})();
