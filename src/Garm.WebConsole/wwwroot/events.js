// The rows of a live page. The node sends what changes (LiveRows.cs); the rows are made here, every value as text.
(() => {
  const cell = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  function rowOf([cursor, time, operation, tone, move, type, source, name, state]) {
    const row = document.createElement("tr");
    const [at, did, entity] = [cell("td", time), document.createElement("td"), document.createElement("th")];
    at.className = "mono";
    did.append(Object.assign(cell("span", operation), { className: `badge ${tone}` }));
    if (move) did.append(Object.assign(cell("span", ` ${move}`), { className: "muted" }));
    entity.scope = "row";
    const button = Object.assign(cell("button", name), { type: "button", className: "link" });
    button.dataset.event = cursor; // console.js opens it.
    entity.append(button);
    row.append(at, did, cell("td", type), cell("td", source), entity, cell("td", state));
    return row;
  }

  customElements.define("garm-events", class extends HTMLElement {
    static observedAttributes = ["change", "opened"];

    attributeChangedCallback(name, _, value) {
      const body = this.querySelector("tbody");
      if (!body) return; // The first attributes are set before the table is there, when no event is listed yet.
      if (name === "change" && value) {
        const { keep, rows } = JSON.parse(value);
        while (body.rows.length > keep) body.lastElementChild.remove();
        body.prepend(...rows.map(rowOf));
      }
      const opened = this.getAttribute("opened");
      for (const button of body.querySelectorAll("[data-event]")) {
        const isOpen = button.dataset.event === opened;
        button.setAttribute("aria-expanded", isOpen);
        button.closest("tr").className = isOpen ? "chosen" : "";
      }
    }
  });
})();
