// Keys, buttons, mouse and touch. A button presses the key that it names, so that both do the same.

class Keys {
  /** @param changed draws again; is told whether the moment or the choice has changed */
  constructor(view, lanes, changed) {
    this.view = view;
    this.lanes = lanes;
    this.changed = changed;
    document.addEventListener("keydown", event => this.keyDown(event));
    document.addEventListener("click", event => this.click(event));
    const seek = byID("seek");
    seek.addEventListener("input", () => this.act(() => view.seek(Number(seek.value))));
    byID("search").addEventListener("submit", event => this.submitSearch(event));
    this.listenToFilter();
    for (const canvas of [lanes.axis, lanes.canvas]) this.listenToPointer(canvas);
    for (const area of [lanes.axis, lanes.tree]) {
      area.addEventListener("wheel", event => this.wheel(event), { passive: false });
    }
  }

  /** Does something, and draws what it has changed. */
  act(does, isMoved = true) {
    this.view.message = "";
    does();
    this.view.refresh();
    this.changed(isMoved);
  }

  keyDown(event) {
    // On many keyboards a bracket is typed with Alt, or with what counts as Ctrl and Alt.
    const isTyped = event.altKey && !event.metaKey && "[]".includes(event.key);
    const isChord = event.ctrlKey || event.metaKey || event.altKey;
    if (isChord && !isTyped) return;
    const { target } = event;
    const dialog = document.querySelector("dialog[open]");
    if (dialog) {
      if (event.key === "Enter" && target.matches?.("[role=link]")) this.follow(target);
      if (dialog.id === "path" ? event.key === "P" : "?h".includes(event.key)) dialog.close();
      return;
    }
    const { view } = this;
    if (target instanceof HTMLInputElement && target.type === "search") {
      if (event.key !== "Escape") return;
      // A filter that is given up is what it was before.
      if (target === byID("filter")) this.act(() => { view.filter = this.formerFilter; });
      byID("tree").focus();
      event.preventDefault();
      return;
    }
    if (target.matches?.("button, summary") && (event.key === " " || event.key === "Enter")) return;
    if (event.key === "Enter" && target.matches?.("[role=link]")) return this.follow(target);
    // In the other panes what scrolls a page scrolls them.
    const isInPane = target.matches?.(".prose, .list:not(#tree), #lesson-note");
    if (isInPane && /^(Arrow(Up|Down)|Page(Up|Down))$/.test(event.key)) return;
    if (this.press(event.key)) event.preventDefault();
  }

  /** @returns whether the key does anything */
  press(key) {
    const { view, lanes } = this;
    const does = Keys.map[key];
    if (!does && !/^[0-9]$/.test(key)) return false;
    const isMoved = !"zZaxv?hy/flmP".includes(key);
    this.act(() => does ? does(view, lanes, this) : view.seekFraction(Number(key) / 10), isMoved);
    return true;
  }

  static map = {
    " ": view => view.togglePlaying(), p: view => view.togglePlaying(),
    ".": view => view.stepForward(), ArrowRight: view => view.stepForward(),
    ",": view => view.stepBack(), ArrowLeft: view => view.stepBack(),
    ">": view => view.eventForward(), "<": view => view.seek(view.cursor - 1),
    "+": view => view.setSpeed(view.speed * 2), "-": view => view.setSpeed(view.speed / 2),
    "−": view => view.setSpeed(view.speed / 2), "=": view => view.setSpeed(1),
    Home: view => view.seek(view.run.prologue), End: view => view.seek(view.run.count),
    PageUp: view => view.seekPage(-.1), PageDown: view => view.seekPage(.1),
    ArrowUp: view => view.chooseNext(-1), k: view => view.chooseNext(-1),
    ArrowDown: view => view.chooseNext(1), j: view => view.chooseNext(1),
    g: view => view.chooseRow(0), G: view => view.chooseRow(view.rows.length - 1),
    Escape: view => { view.chosen = -1; },
    z: (view, lanes, keys) => keys.zoom(1), Z: (view, lanes, keys) => keys.zoom(-1),
    a: view => { view.axis.fit(); view.message = "The axis shows the whole run."; },
    x: view => {
      view.axis.mode = (view.axis.mode + 1) % 3;
      view.axis.left = 0;
      view.axis.follow(view.time, view.cursor);
      view.message = Axis.modes[view.axis.mode].says;
    },
    v: view => { view.showsAhead = !view.showsAhead; },
    d: view => view.toggleHiding(),
    s: view => view.sort(1), S: view => view.sort(-1),
    f: () => { byID("filter").focus(); byID("filter").select(); },
    c: view => { view.filter = ""; },
    m: view => view.toggleMarker(),
    "[": view => view.goToMarker(false), "]": view => view.goToMarker(true),
    n: view => view.goToMatch(true), N: view => view.goToMatch(false),
    "/": () => { byID("text").focus(); byID("text").select(); },
    w: (view, lanes, keys) => keys.showPane("why"), e: (view, lanes, keys) => keys.showPane("events"),
    o: (view, lanes, keys) => keys.showPane("output"), t: (view, lanes, keys) => keys.showPane("source"),
    i: (view, lanes, keys) => keys.showPane("findings"),
    l: (view, lanes, keys) => keys.toggleLoop(),
    y: (view, lanes, keys) => keys.link(),
    P: () => byID("path").showModal(),
    "?": () => byID("help").showModal(), h: () => byID("help").showModal(),
  };

  /** Zooms around the cursor where it is on the screen, else around the middle. */
  zoom(steps, x) {
    const { axis, time, cursor } = this.view;
    const now = axis.position(time, cursor) - axis.left;
    const isSeen = x === undefined && now >= 0 && now <= axis.width;
    const place = isSeen ? now : x ?? axis.width / 2;
    const events = axis.cursorAt(place);
    const isDone = isSeen
      ? axis.zoomBy(steps, time, cursor, place)
      : axis.zoomBy(steps, this.view.run.timeAt(events), events, place);
    if (!isDone) this.view.message = `The axis goes no ${steps > 0 ? "finer" : "coarser"}.`;
  }

  /** A filter works while it is being typed. */
  listenToFilter() {
    const { view } = this;
    const input = byID("filter");
    input.addEventListener("focus", () => { this.formerFilter = view.filter; });
    input.addEventListener("input", () => this.act(() => { view.filter = input.value; }));
    byID("filtering").addEventListener("submit", event => {
      event.preventDefault();
      byID("tree").focus();
    });
  }

  submitSearch(event) {
    event.preventDefault();
    byID("tree").focus();
    this.act(() => {
      // An empty search is the last one again.
      this.view.search = byID("text").value.trim().toLowerCase() || this.view.search;
      this.view.goToMatch(true);
    });
  }

  /** Shows the address of this moment, and copies it where the browser lets it. */
  link() {
    writeAddress(this.view, true);
    this.view.message = location.href;
    navigator.clipboard?.writeText(location.href)
      .then(() => { this.view.message = `Copied: ${location.href}`; this.changed(false); }, () => {});
  }

  // Mouse and touch.

  click(event) {
    const button = event.target.closest("button");
    if (button?.dataset.key) return this.press(button.dataset.key);
    if (button?.dataset.pane) return this.act(() => this.showPane(button.dataset.pane));
    const target = event.target.closest("[data-cursor], [data-place]");
    if (target && getSelection().isCollapsed) this.follow(target);
  }

  /** Goes to what an element leads to. A pane that is filled anew keeps the focus. */
  follow(target) {
    target.closest("dialog")?.close();
    target.closest(".prose")?.focus();
    this.act(() => {
      if (target.dataset.place) this.view.chosen = Number(target.dataset.place);
      else this.view.seek(Number(target.dataset.cursor));
    });
  }

  /** Shows a pane where there is room for one only, and lets the keys scroll it. */
  showPane(pane) {
    document.body.dataset.pane = pane;
    for (const tab of byID("tabs").children) {
      tab.setAttribute("aria-pressed", tab.dataset.pane === pane);
    }
    byID(pane).querySelector("[tabindex]").focus();
  }

  /** Opens the loop pane, or closes it; where there is room for one only, `why` takes its place. */
  toggleLoop() {
    const { view } = this;
    const isAlone = byID("tabs").offsetParent !== null;
    const isOpen = isAlone ? document.body.dataset.pane === "loop" : view.showsLoop;
    if (isAlone) return this.showPane(isOpen ? "why" : "loop");
    view.showsLoop = !isOpen;
    document.body.dataset.loop = isOpen ? "closed" : "open";
    byID(isOpen ? "tree" : "loop-list").focus();
  }

  /** A click or a drag goes to the moment under it; on a bar it chooses the lane too. */
  listenToPointer(canvas) {
    const { view, lanes } = this;
    const place = event => event.clientX - canvas.getBoundingClientRect().left;
    let pressed = false;
    canvas.addEventListener("pointerdown", event => {
      if (event.button !== 0) return;
      pressed = true;
      canvas.setPointerCapture(event.pointerId);
      this.act(() => {
        if (canvas === lanes.canvas) {
          const y = event.clientY - canvas.getBoundingClientRect().top + lanes.tree.scrollTop;
          const row = Math.floor(y / lanes.rows.rowHeight);
          if (row < view.rows.length) view.chosen = view.rows[row];
        }
        view.seek(view.axis.cursorAt(place(event)));
      });
    });
    canvas.addEventListener("pointermove", event => {
      // The axis stays where it is under the pointer.
      const x = Math.min(Math.max(0, place(event)), view.axis.width - 1);
      if (pressed) this.act(() => view.seek(view.axis.cursorAt(x)));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => { pressed = false; });
    }
  }

  /** Up and down scrolls the lanes, sideways or with Shift the axis; with Ctrl it zooms. */
  wheel(event) {
    const { view, lanes } = this;
    const x = event.clientX - lanes.axis.getBoundingClientRect().left;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.ctrlKey) {
      this.act(() => this.zoom(event.deltaY < 0 ? 1 : -1, Math.max(0, x)), false);
    } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      this.act(() => view.axis.scroll(sideways), false);
    } else {
      return;
    }
    event.preventDefault();
  }
}
