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
    this.order = "tree";
    this.filter = "";
    this.hidesOver = false;
    this.showsAhead = false;
    this.showsLoop = true;
    this.search = "";
    /** Cursors that the user marked. */
    this.markers = [];
    this.message = "";
    this.axis = new Axis(run);
    this.list = new LaneList(run);
    this.refresh();
  }

  get isAtEnd() { return this.cursor >= this.run.count; }

  get rows() { return this.list.rows; }

  /**
   * Derives what depends on the rest: the lanes that are listed, and the one that is looked at, which
   * is the chosen one while it is listed, else the one that ran last.
   */
  refresh() {
    const { run, cursor, list } = this;
    list.refresh(this);
    this.selectedRow = list.rows.indexOf(this.chosen);
    if (this.selectedRow >= 0) {
      this.selected = this.chosen;
    } else {
      const active = run.activeAt(cursor);
      this.selected = active >= 0 ? active : run.laneCountAt(cursor) > 0 ? run.firstLane : -1;
      this.selectedRow = list.rows.indexOf(this.selected);
      if (this.selectedRow < 0 && this.filter !== "" && list.rows.length > 0) {
        // Who filters looks at these lanes: the one that is explained must be among them.
        const shown = new Set(list.rows);
        const last = run.activeAt(cursor, lane => shown.has(lane));
        this.selected = last >= 0 ? last : list.rows[0];
        this.selectedRow = list.rows.indexOf(this.selected);
      }
    }
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

  // Markers.

  /** The user's markers and those that the program recorded. */
  get allMarkers() { return [...this.markers, ...this.run.marked].sort((a, b) => a - b); }

  toggleMarker() {
    const isSet = this.markers.includes(this.cursor);
    this.markers = isSet
      ? this.markers.filter(marker => marker !== this.cursor) : [...this.markers, this.cursor];
    this.message = isSet ? "Marker taken away." : "Marker set. [ and ] go from marker to marker.";
  }

  goToMarker(isForward) {
    const found = isForward
      ? this.allMarkers.find(marker => marker > this.cursor)
      : this.allMarkers.findLast(marker => marker < this.cursor);
    if (found === undefined) this.message = `No marker ${isForward ? "after" : "before"} this.`;
    else this.seek(found);
  }

  // Lanes.

  toggleHiding() {
    this.hidesOver = !this.hidesOver;
    this.message =
      this.hidesOver ? "Lanes that are DONE or cancelled are hidden." : "All lanes are shown.";
  }

  sort(steps) {
    const { orders } = LaneList;
    this.order = orders[(orders.indexOf(this.order) + steps + orders.length) % orders.length];
    this.message = {
      tree: "Lanes below who created them.", name: "Lanes by name.",
      state: "Lanes by state: RUNNING and ready first.", busy: "Lanes by how long they were RUNNING.",
    }[this.order];
  }

  chooseRow(row) {
    const last = this.rows.length - 1;
    if (last >= 0) this.chosen = this.rows[Math.min(Math.max(0, row), last)];
  }

  chooseNext(rows) { this.chooseRow(Math.max(0, this.selectedRow) + rows); }

  // Searching in names, in output, in kinds of events.

  matches(event) {
    const run = this.run;
    return run.kinds[run.kindOf[event]].includes(this.search) || this.isNamed(run.laneOf[event])
      || run.sentence(event).toLowerCase().includes(this.search);
  }

  isNamed(lane) { return lane >= 0 && this.list.isNamed(this.search, lane, this.run.count); }

  goToMatch(isForward) {
    if (!this.search) {
      this.message = "Nothing to search for yet: / asks for a text.";
      return;
    }
    const ahead = this.findMatch(isForward, this.cursor);
    const found = ahead >= 0 ? ahead : this.findMatch(isForward, isForward ? 0 : this.run.count + 1);
    if (found < 0) {
      this.message = `'${this.search}' is nowhere in what is known of the run.`;
      return;
    }
    const isHere = found === this.cursor - 1;
    if (!isHere) this.seek(found + 1);
    // Who searches for a lane looks at it from here on.
    const lane = this.run.laneOf[found];
    if (this.isNamed(lane)) this.chosen = lane;
    if (isHere) this.message = `'${this.search}' is nowhere else in what is known of the run.`;
    else if (ahead < 0) this.message = `Searched on from the ${isForward ? "start" : "end"}.`;
  }

  /** The nearest event after a cursor, or before its own, that has what is searched for; else -1. */
  findMatch(isForward, cursor) {
    const step = isForward ? 1 : -1;
    let event = isForward ? cursor : cursor - 2;
    while (event >= 0 && event < this.run.count && !this.matches(event)) event += step;
    return event < this.run.count ? event : -1;
  }
}
