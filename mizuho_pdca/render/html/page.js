"use strict";

(() => {
  const words = document.body.dataset;
  const collator = new Intl.Collator("ja", { numeric: true });
  const CIRCLED_ONE = 0x2460;
  const PAUSE = 250;

  /** Fills a place such as {column}; a function, so that a "$" in the value means nothing. */
  const fill = (pattern, name, value) => pattern.replace(`{${name}}`, () => value);

  /** Makes texts comparable for a search: width, case and kana do not matter. */
  const plain = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/gu, (kana) => String.fromCodePoint(kana.codePointAt(0) - 0x60));

  /** What a cell says itself, without the links that the page adds to it. */
  const textOf = (field) => field.querySelector(":scope > bdi, :scope > a > bdi").textContent;

  /** A circled digit in a number is sorted as one of its parts: the third of 1-1-2-1. */
  const sortText = (field) =>
    textOf(field).replace(/[\u2460-\u2473]/gu, (sign) => `-${sign.codePointAt(0) - CIRCLED_ONE + 1}`);

  function sortKey(field, isNumber) {
    if (isNumber) {
      return "number" in field.dataset ? Number(field.dataset.number) : null;
    }
    const text = sortText(field).trim();
    return text === "" || text === words.none ? null : text;
  }

  /** Puts what has no value last, whichever way the others go. */
  function compare(one, other, sign) {
    if (one === null || other === null) {
      return (one === null) - (other === null);
    }
    return sign * (typeof one === "number" ? one - other : collator.compare(one, other));
  }

  function bringToLife(section) {
    const form = section.querySelector("form.tools");
    const table = section.querySelector("table");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => {
      const fields = [...row.querySelectorAll(".field")];
      return { row, fields, text: plain([row.id, ...fields.map(textOf)].join("\n")) };
    });
    const headings = [...table.querySelectorAll(".heading")];
    const find = form.querySelector("input");
    const choices = [...form.querySelectorAll("select.choice")];
    const order = form.querySelector("select.order");
    const reset = form.querySelector(".reset");
    const count = form.querySelector(".count");
    const sorted = form.querySelector(".sorted");
    let waiting = 0;
    let current = "";

    function filter() {
      const wanted = find ? plain(find.value).split(/\s+/u).filter(Boolean) : [];
      const chosen = choices.filter((select) => select.selectedIndex > 0);
      for (const { row, fields, text } of rows) {
        row.hidden = !(
          wanted.every((word) => text.includes(word)) &&
          chosen.every((select) => fields[Number(select.dataset.position)].dataset.choice === select.value)
        );
      }
      if (find) {
        const shown = rows.filter(({ row }) => !row.hidden).length;
        const said = fill(fill(words.count, "shown", shown), "all", rows.length);
        if (count.textContent !== said) {
          count.textContent = said;
        }
        form.classList.toggle("narrowed", shown < rows.length);
        reset.disabled = !(wanted.length || chosen.length || order.value);
      }
    }

    function sort() {
      if (order.value === current) {
        return;
      }
      current = order.value;
      const [position, direction] = order.value ? order.value.split(" ") : ["", ""];
      const heading = headings.find((one) => one.dataset.position === position);
      let shown = rows;
      if (heading) {
        const isNumber = rows.some(({ fields }) => "number" in fields[position].dataset);
        const keyed = rows.map((one) => ({ ...one, key: sortKey(one.fields[position], isNumber) }));
        const sign = direction === "ascending" ? 1 : -1;
        shown = keyed.sort((one, other) => compare(one.key, other.key, sign));
      }
      body.append(...shown.map(({ row }) => row));
      for (const one of headings) {
        one.dataset.order = one === heading ? direction : "";
        one.querySelector("[aria-pressed]")?.setAttribute("aria-pressed", String(one === heading));
        one.closest("th").removeAttribute("aria-sort");
      }
      heading?.closest("th").setAttribute("aria-sort", direction);
      sorted.textContent = heading ? fill(words[direction], "column", heading.textContent) : "";
    }

    function arrange() {
      sort();
      filter();
    }

    for (const heading of headings) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      if (heading.parentElement.children.length > 1) {
        button.setAttribute("aria-pressed", "false");
      }
      heading.append(button);
      heading.dataset.order = "";
      button.addEventListener("click", () => {
        const next = { "": "ascending", ascending: "descending", descending: "" }[heading.dataset.order];
        order.value = next && `${heading.dataset.position} ${next}`;
        arrange();
      });
    }
    find?.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, PAUSE);
    });
    form.addEventListener("change", arrange);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      filter();
    });
    form.addEventListener("reset", () => setTimeout(arrange));
    form.addEventListener("show-all", () => {
      form.reset();
      arrange();
    });
    form.hidden = false;
    filter();
  }

  /** Shows a row that a filter has hidden, before something leads to it. */
  function reveal(element) {
    if (element?.hidden) {
      element.closest("section").querySelector("form.tools").dispatchEvent(new Event("show-all"));
    }
  }

  for (const form of document.querySelectorAll("form.tools")) {
    bringToLife(form.closest("section"));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link) {
      reveal(document.getElementById(decodeURIComponent(link.hash.slice(1))));
    }
  });
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    if (target?.hidden) {
      reveal(target);
      target.scrollIntoView();
    }
  });

  /** What scrolls sideways can be reached by the keyboard; what does not is no stop. */
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) {
        target.tabIndex = 0;
      } else {
        target.removeAttribute("tabindex");
      }
    }
  });
  for (const grid of document.querySelectorAll(".grid")) {
    watch.observe(grid);
  }
})();
