// Where the view stands and what was chosen; everything that is drawn depends on this and the run.

class View {
  constructor(run) {
    this.run = run;
    this.cursor = run.prologue;
    /** The moment shown, in nanoseconds: that of the last event, or later while time passes. */
    this.time = run.timeAt(this.cursor);
    this.isPlaying = false;
    this.speed = 1;
    /** The lane that was chosen; -1 follows the one that ran last. */
    this.chosen = -1;
    this.hidesOver = false;
    this.showsAhead = false;
    this.search = "";
    this.message = "";
    this.axis = new Axis(run);
    /** The lanes that are listed, in the order of the tree. */
    this.rows = new Int32Array(0);
    this.refresh();
  }

  get isAtEnd() { return this.cursor >= this.run.count; }

  /** The lane that is looked at: the chosen one while it is there, else the one that ran last. */
  get selected() {
    if (this.chosen >= 0 && this.run.created[this.chosen] < this.cursor) return this.chosen;
    const active = this.run.activeAt(this.cursor);
    return active >= 0 ? active : this.rows.length > 0 ? this.rows[0] : -1;
  }

  /** Lists the lanes again where they may have changed. O(lanes). */
  refresh() {
    const run = this.run;
    const lanes = run.laneCountAt(this.cursor);
    const recipe = `${lanes} ${this.hidesOver ? `${this.cursor} ${this.chosen}` : ""}`;
    if (recipe === this.recipe) return;
    this.recipe = recipe;
    const rows = [];
    for (let lane = run.laneCount - 1; lane >= 0; lane--) {
      if (run.created[lane] >= this.cursor) continue;
      // What is above a lane that goes on stays.
      const isAbove = rows.length > 0 && run.depths[rows[rows.length - 1]] > run.depths[lane];
      const isKept = !this.hidesOver || isAbove || lane === this.chosen;
      if (isKept || !run.isOver(lane, this.cursor)) rows.push(lane);
    }
    this.rows = Int32Array.from(rows.reverse());
    this.branches = branches(this.rows, run.depths);
  }

  // Moving in the run.

  seek(cursor) {
    this.isPlaying = false;
    this.cursor = Math.min(Math.max(0, Math.floor(cursor)), this.run.count);
    this.time = this.run.timeAt(this.cursor);
  }

  togglePlaying() {
    if (this.isPlaying) {
      this.isPlaying = false;
    } else if (this.isAtEnd) {
      this.message = "This is the end of the run. Home goes back to its start.";
    } else {
      this.isPlaying = true;
    }
  }

  /** Lets time pass, and takes in the events up to it. */
  pass(nanoseconds) {
    this.time += nanoseconds * this.speed;
    this.cursor = Math.max(this.cursor, this.run.cursorAtTime(this.time));
    if (!this.isAtEnd) return;
    this.seek(this.run.count);
    this.message = "The run has ended. Home goes back to its start.";
  }

  setSpeed(speed) { this.speed = Math.min(Math.max(speed, 1 / 64), 1024); }

  stepForward() {
    if (this.isAtEnd) {
      this.isPlaying = false;
      this.message = "This is the end of the run.";
    } else if (this.run.tellsNoSteps) {
      this.seek(this.cursor + 1);
    } else {
      this.seek(this.run.cursorAfterStepFrom(this.cursor));
    }
  }

  stepBack() {
    this.seek(this.run.tellsNoSteps ? this.cursor - 1 : this.run.previousStep(this.cursor));
  }

  eventForward() {
    if (this.isAtEnd) this.stepForward(); else this.seek(this.cursor + 1);
  }

  seekFraction(fraction) {
    this.seek(this.run.cursorAtFraction(Math.min(Math.max(0, fraction), 1)));
  }

  /** Goes a part of the run forward or back, and in a short run at least one step. */
  seekPage(part) {
    const start = this.cursor;
    this.seekFraction(this.run.count > 0 ? start / this.run.count + part : 0);
    if (part < 0 || this.cursor > start) return;
    this.seek(this.run.tellsNoSteps
      ? start + 1 : this.run.cursorAfterSteps(endBelow(this.run.stepStarts, start + 1)));
  }

  // Lanes.

  chooseRow(row) {
    const last = this.rows.length - 1;
    if (last >= 0) this.chosen = this.rows[Math.min(Math.max(0, row), last)];
  }

  chooseNext(rows) { this.chooseRow(Math.max(0, this.selectedRow) + rows); }

  get selectedRow() { return this.rows.indexOf(this.selected); }

  // Searching in names, in output, in kinds of events.

  matches(event) {
    const run = this.run;
    return run.kinds[run.kindOf[event]].includes(this.search)
      || run.sentence(event).toLowerCase().includes(this.search);
  }

  goToMatch(isForward) {
    if (!this.search) {
      this.message = "Nothing to search for yet: / asks for a text.";
      return;
    }
    const step = isForward ? 1 : -1;
    const first = isForward ? this.cursor : this.cursor - 2;
    for (let event = first; event >= 0 && event < this.run.count; event += step) {
      if (this.matches(event)) return this.seek(event + 1);
    }
    this.message = `'${this.search}' is not ${isForward ? "after" : "before"} this.`;
  }
}

/**
 * The lines that lead to each row of a tree. Lanes that are created later do not count, so that it
 * looks as it did then. O(rows).
 */
function branches(rows, depths) {
  const lines = new Array(rows.length);
  /** Whether a row below continues at each depth. */
  let goesOn = [];
  for (let i = rows.length - 1; i >= 0; i--) {
    const depth = Math.min(depths[rows[i]], 40);
    const isLast = !goesOn[depth];
    goesOn[depth] = true;
    goesOn.length = depth + 1;
    let line = "";
    for (let at = 1; at < depth; at++) line += goesOn[at] ? "│ " : "  ";
    lines[i] = depth > 0 ? line + (isLast ? "└ " : "├ ") : "";
  }
  return lines;
}
