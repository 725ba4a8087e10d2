// The lanes: a tree with names and states as text, and their bars as a picture beside it.

class Lanes {
  constructor(view) {
    this.view = view;
    this.bars = new Bars(view);
    this.tree = byID("tree");
    this.rows = new Rows(this.tree, "treeitem", ["label", "state"], (row, pieces, at) => {
      this.fill(row, pieces, view.rows[at], at);
    });
    this.canvas = element("canvas", "", this.rows.seen);
    this.canvas.id = "bars";
    this.canvas.setAttribute("aria-hidden", "true");
    this.rows.drawBeside = (first, shown, top) => this.drawBars(first, shown, top);
    this.axis = byID("axis");
  }

  /** How much room the names and the words take; the bars have the rest. */
  measure() {
    this.rows.measure();
    const probe = this.rows.rows[0] ?? this.rows.makeRow();
    if (this.rows.rows.length === 0) this.rows.rows.push(probe);
    probe.row.hidden = false;
    this.textWidth = Math.ceil(probe.row.getBoundingClientRect().width);
    this.view.axis.width = Math.max(16, this.tree.clientWidth - this.textWidth - 4);
  }

  fill(row, pieces, lane, at) {
    const { view } = this;
    const { run, cursor } = view;
    if (!pieces.branch) {
      pieces.branch = element("span", "branch", pieces.label);
      pieces.name = element("span", "name", pieces.label);
      pieces.given = element("span", "given", pieces.label);
      pieces.complaint = element("span", "complaint", pieces.label);
      pieces.branch.setAttribute("aria-hidden", "true");
    }
    const change = run.changeAt(lane, cursor);
    const state = run.stateOf(change);
    const isSelected = lane === this.selected;
    const given = run.givenName(lane, cursor);
    say(pieces.branch, view.list.branches[at] ?? "");
    say(pieces.name, run.name(lane));
    say(pieces.given, given && ` ${given}`);
    say(pieces.complaint, this.bars.isComplainedOf(lane) ? " !" : "");
    say(pieces.state, `${state.glyph} ${run.words(change, cursor)}`);
    pieces.state.className = `state role-${state.role}`;
    pieces.state.style.color = isSelected ? "" : `var(--${state.role})`;
    row.title = `${run.fullName(lane, cursor)}\n${pieces.state.textContent}`;
    row.classList.toggle("match", view.search !== "" && view.list.isNamed(view.search, lane, cursor));
    row.dataset.place = lane;
    row.dataset.lane = run.laneIDs[lane];
    row.setAttribute("aria-level", view.list.depth(lane) + 1);
    row.setAttribute("aria-selected", isSelected);
    if (isSelected) this.tree.setAttribute("aria-activedescendant", row.id);
  }

  drawBars(first, shown, top) {
    const { view, rows } = this;
    const axis = view.axis;
    const context = prepare(this.canvas, axis.width, rows.height);
    axis.cursorAtLeft = axis.cursorAt(0);
    axis.cursorAtRight = axis.cursorAt(axis.width);
    this.bars.draw(
      context, Array.from(view.rows.subarray(first, first + shown)), rows.rowHeight,
      first * rows.rowHeight - top);
  }

  get title() {
    const { rows, hidesOver, run, cursor, filter, order } = this.view;
    return `lanes ${rows.length}${hidesOver ? ` of ${run.laneCountAt(cursor)}` : ""}`
      + (filter && ` with '${filter}'`) + (order === "tree" ? "" : ` by ${order}`);
  }

  /** Why there is no lane, where there is none. */
  get whyNone() {
    const { filter, hidesOver, run, cursor } = this.view;
    const isHidden = hidesOver && run.laneCountAt(cursor) > 0;
    if (filter) {
      return isHidden ? `No lane that goes on has '${filter}': c clears, d shows the others.`
        : `No lane has '${filter}': c clears.`;
    }
    if (isHidden) return "Every lane is over: d shows them.";
    return run.laneCount === 0 ? "The program made no coroutine." : "No coroutine yet.";
  }

  draw(isMoved) {
    const { view, rows } = this;
    this.selected = view.selected;
    if (isMoved) view.axis.follow(view.time, view.cursor);
    say(byID("lanes-title"), this.title);
    rows.setCount(view.rows.length, this.whyNone);
    if (this.selected !== this.revealed || isMoved) rows.reveal(view.selectedRow, false);
    this.revealed = this.selected;
    rows.draw();
    this.bars.drawAxis(prepare(this.axis, view.axis.width, 22));
    this.axis.style.right = `${this.tree.offsetWidth - this.tree.clientWidth}px`;
  }
}
