// The lanes in the order in which they are listed: a tree by who created whom, or sorted by a column,
// and only those that the filter lets through and that are not over, if those are hidden.

class LaneList {
  static orders = ["tree", "name", "state", "busy"];

  constructor(run) {
    this.run = run;
    this.rows = new Int32Array(0);
    /** For each row the lines that lead to it. */
    this.branches = [];
    this.namings = run.eventsOf("task created", "task renamed");
  }

  /** Lists the lanes again where they may have changed. O(lanes), and what sorting them takes. */
  refresh({ cursor, order, filter, hidesOver, chosen }) {
    const { run } = this;
    const dependsOnCursor = hidesOver || order === "state" || order === "busy";
    const recipe = JSON.stringify([
      run.laneCountAt(cursor), filter && endBelow(this.namings, cursor),
      dependsOnCursor && cursor, order, filter, hidesOver, hidesOver && chosen,
    ]);
    if (recipe === this.recipe) return;
    this.recipe = recipe;
    this.isTree = order === "tree" && filter === "";
    let rows = this.sorted(order, cursor);
    if (filter) rows = rows.filter(lane => this.isNamed(filter.toLowerCase(), lane, cursor));
    if (hidesOver) rows = this.withoutOver(rows, cursor, chosen);
    this.rows = rows;
    this.branches = this.isTree ? branches(rows, run.depths) : [];
  }

  depth(lane) { return this.isTree ? this.run.depths[lane] : 0; }

  sorted(order, cursor) {
    const { run } = this;
    const lanes = (order === "name" ? run.byName : Int32Array.from(run.created.keys()))
      .filter(lane => run.created[lane] < cursor);
    if (order === "tree" || order === "name") return lanes;
    const keys = new Float64Array(run.laneCount);
    for (const lane of lanes) {
      const change = run.changeAt(lane, cursor);
      keys[lane] = order === "state" ? run.stateOf(change).urgency : -this.busyness(change, cursor);
    }
    return lanes.sort((a, b) => keys[a] - keys[b] || run.created[a] - run.created[b]);
  }

  /** How much a lane has run: nanoseconds, and where a virtual clock makes those 0, how often. */
  busyness(change, cursor) {
    const { run } = this;
    this.busyBefore ??= this.sumsOfRunning();
    const isRunning = run.stateOf(change).role === "running";
    const stretch = run.timeAt(cursor) - run.times[run.changeEvents[change]] + 1;
    return this.busyBefore[change] + (isRunning ? stretch : 0);
  }

  /** For each change of each lane how much the lane had run before it. */
  sumsOfRunning() {
    const { run } = this;
    const before = new Float64Array(run.changeEvents.length);
    for (let lane = 0; lane < run.laneCount; lane++) {
      for (let next = run.firstChange[lane] + 1; next < run.firstChange[lane + 1]; next++) {
        const isRunning = run.stateOf(next - 1).role === "running";
        const [from, to] = [run.changeEvents[next - 1], run.changeEvents[next]];
        before[next] = before[next - 1] + (isRunning ? run.times[to] - run.times[from] + 1 : 0);
      }
    }
    return before;
  }

  /**
   * Whether a lane's name contains a text, or a name does that its task has had by then. That every
   * task has a name of asyncio's, `Task-7`, matters only to who asks for just that one.
   */
  isNamed(text, lane, cursor) {
    const { run } = this;
    if (run.name(lane).toLowerCase().includes(text)) return true;
    const [first, end] = run.namingsOf(lane, cursor);
    return run.taskNames.subarray(first, end).some(name => {
      const task = run.text(name).toLowerCase();
      return task.startsWith("task-") ? task === text : task.includes(text);
    });
  }

  /** Leaves out what is over, but for lanes above one that is not. */
  withoutOver(rows, cursor, chosen) {
    const kept = [];
    for (let i = rows.length - 1; i >= 0; i--) {
      const lane = rows[i];
      const isAbove = kept.length > 0 && this.depth(kept[kept.length - 1]) > this.depth(lane);
      if (isAbove || lane === chosen || !this.run.isOver(lane, cursor)) kept.push(lane);
    }
    return Int32Array.from(kept.reverse());
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
