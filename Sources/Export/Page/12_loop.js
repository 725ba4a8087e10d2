// The loop itself at a cursor: the handle that runs, the ready queue, the timers, the locks and queues.
//
// A handle is named by its place in the order of scheduling, from 0; -1 stands for none. What never
// comes for it comes at `run.count`, after all that does.

class Loop {
  constructor(run, { handles, timers, resources }) {
    this.run = run;
    this.scheduled = run.eventsOf("scheduled", "timer scheduled");
    this.wordsOf = Uint32Array.from(handles.words);
    this.causeOf = Uint32Array.from(handles.cause);
    this.readHandles(handles, timers);
    this.readQueue();
    this.readSteps();
    this.drops = run.eventsOf("dropped");
    this.ends = run.eventsOf("run ended");
    this.resources = resources.map(([name, ...entries]) => ({
      name,
      events: Uint32Array.from(entries.filter((_, i) => i % 3 === 0)),
      uses: entries.filter((_, i) => i % 3 === 1),
      waiting: entries.filter((_, i) => i % 3 === 2),
    }));
  }

  readHandles(handles, timers) {
    const { run, scheduled } = this;
    const never = run.count;
    let last = 0;
    this.began = Uint32Array.from(handles.began, after => after === 0 ? never : last += after);
    this.cancelled = new Uint32Array(scheduled.length).fill(never);
    sums(Uint32Array, handles.cancelled).forEach((handle, i) => {
      this.cancelled[handle] = scheduled[handle] + handles.cancelledAfter[i];
    });
    /** In which event each entered the ready queue; one that introduces nothing never does. */
    this.entered = scheduled.map((event, handle) => this.wordsOf[handle] > 0 ? event : never);
    const deadlines = sums(Float64Array, timers.when);
    const timerKind = run.kinds.indexOf("timer scheduled");
    this.timers = [];
    let next = 0;
    for (let handle = 0; handle < scheduled.length; handle++) {
      if (run.kindOf[scheduled[handle]] !== timerKind) continue;
      const fired = timers.fired[next];
      this.entered[handle] = fired > 0 ? scheduled[handle] + fired : never;
      const words = timers.words[next];
      if (words > 0) this.timers.push({ handle, when: deadlines[next], words });
      next++;
    }
  }

  /** All handles that ever entered the ready queue: what stands in it at a cursor is a part of them. */
  readQueue() {
    const { entered, run } = this;
    this.queue = Uint32Array.from(entered.keys()).filter(handle => entered[handle] < run.count)
      .sort((a, b) => entered[a] - entered[b]);
    this.enteredOf = this.queue.map(handle => entered[handle]);
    this.placeOf = new Map();
    this.queue.forEach((handle, place) => this.placeOf.set(handle, place));
  }

  /** For each step its handle, how many handles have left the queue with it, and the step around it. */
  readSteps() {
    const { began, run } = this;
    this.handleOf = Uint32Array.from(began.keys()).filter(handle => began[handle] < run.count)
      .sort((a, b) => began[a] - began[b]);
    this.beganOf = this.handleOf.map(handle => began[handle]);
    this.left = new Uint32Array(this.handleOf.length);
    this.outer = new Int32Array(this.handleOf.length);
    const running = [];
    let left = 0;
    this.handleOf.forEach((handle, step) => {
      left = Math.max(left, (this.placeOf.get(handle) ?? -1) + 1);
      this.left[step] = left;
      while (running.length > 0 && !this.runs(running[running.length - 1], this.beganOf[step])) {
        running.pop();
      }
      this.outer[step] = running[running.length - 1] ?? -1;
      running.push(step);
    });
  }

  /** Whether a step that has begun, counted from 0, is not over at a cursor. */
  runs(step, cursor) {
    const { stepStarts, stepEnds } = this.run;
    return stepEnds[step] === stepStarts[step] || stepEnds[step] > cursor;
  }

  words(handle) { return this.run.text(this.wordsOf[handle]); }

  cause(handle) { return this.run.text(this.causeOf[handle]); }

  /** The last of some events that has come at a cursor; -1 for none. */
  static last(events, cursor) {
    const count = endBelow(events, cursor);
    return count > 0 ? events[count - 1] : -1;
  }

  /** The handle that runs: where a handle runs a loop of its own, the innermost. */
  runningAt(cursor) {
    let step = endBelow(this.beganOf, cursor) - 1;
    while (step >= 0 && !this.runs(step, cursor)) step = this.outer[step];
    if (step < 0) return -1;
    const gone = Math.max(Loop.last(this.drops, cursor), Loop.last(this.ends, cursor));
    return gone > this.beganOf[step] ? -1 : this.handleOf[step];
  }

  /** The ready queue, its front first, without what is cancelled. O(its length). */
  readyAt(cursor) {
    const begun = endBelow(this.beganOf, cursor);
    const drop = Loop.last(this.drops, cursor);
    const left = Math.max(
      begun > 0 ? this.left[begun - 1] : 0, drop >= 0 ? endBelow(this.enteredOf, drop) : 0);
    return this.queue.subarray(left, Math.max(left, endBelow(this.enteredOf, cursor)))
      .filter(handle => this.cancelled[handle] >= cursor);
  }

  /** The timers that are set, the next one first. O(timers). */
  timersAt(cursor) {
    const drop = Loop.last(this.drops, cursor);
    return this.timers.filter(({ handle }) => {
      const scheduled = this.scheduled[handle];
      const gone = Math.min(this.entered[handle], this.cancelled[handle], this.began[handle]);
      return scheduled < cursor && gone >= cursor && scheduled > drop;
    }).sort((a, b) => a.when - b.when || a.handle - b.handle);
  }

  /** The locks, queues and the like: how much of each is in use, and how many stand in line. */
  resourcesAt(cursor) {
    const { run } = this;
    return this.resources.filter(({ events }) => events[0] < cursor).map(resource => {
      const change = endBelow(resource.events, cursor) - 1;
      return {
        name: run.text(resource.name), use: run.text(resource.uses[change]),
        waiting: resource.waiting[change],
      };
    });
  }
}
