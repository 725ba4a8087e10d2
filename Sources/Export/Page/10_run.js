"use strict";

// The recorded run: the data block as typed arrays, and what holds at a cursor.
//
// A cursor is a number of events that have happened, as everywhere in loopscope. Nothing is replayed:
// what holds at a cursor is found by binary search. A lane is named by its place in the tree, from 0;
// -1 stands for none.

/** For how many of the numbers from `low` to `high` a condition holds, which holds for the first ones. */
function prefixEnd(low, high, holds) {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1; else high = middle;
  }
  return low;
}

/** Where the numbers of a sorted array, or of a part of it, stop being less than one given. */
function endBelow(numbers, limit, low = 0, high = numbers.length) {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] < limit) low = middle + 1; else high = middle;
  }
  return low;
}

/** What was written as differences. */
function sums(Numbers, differences) {
  const all = new Numbers(differences.length);
  let sum = 0;
  for (let i = 0; i < all.length; i++) all[i] = sum += differences[i];
  return all;
}

/** What was written as one letter each. */
function smalls(letters) {
  const all = new Uint8Array(letters.length);
  for (let i = 0; i < all.length; i++) {
    const code = letters.charCodeAt(i);
    all[i] = code < 97 ? code - 65 : code - 97 + 26;
  }
  return all;
}

class Run {
  constructor(data) {
    Object.assign(this, {
      program: data.program, runtime: data.runtime, clock: data.clock, states: data.states,
      kinds: data.kinds, prologue: data.prologue, tellsNoSteps: data.tellsNoSteps,
      findings: data.findings, path: data.path, notices: data.notices, remarks: data.remarks,
      lesson: data.lesson, glossary: data.glossary,
      sources: new Map(data.sources.map(source => [source.name, source])), reasons: data.reasons,
    });

    this.texts = new Texts(data.templates, data.texts);
    this.times = sums(Float64Array, data.events.time);
    this.count = this.times.length;
    this.kindOf = smalls(data.events.kind);
    this.laneOf = Int32Array.from(data.events.lane, lane => lane - 1);
    this.textOf = Uint32Array.from(data.events.text);
    this.tickNumbers = sums(Float64Array, data.ticks);
    this.tickEvents = this.eventsOf("tick");
    this.marked = this.eventsOf("marker").map(event => event + 1);

    this.stepStarts = sums(Uint32Array, data.steps.start);
    this.stepEnds = this.stepStarts.map((start, i) => start + data.steps.end[i]);
    this.stepWhy = Uint32Array.from(data.steps.why);
    this.stepCause = Uint32Array.from(data.steps.cause, (back, i) => back > 0 ? i + 1 - back : 0);

    this.laneIDs = sums(Int32Array, data.lanes.id);
    this.depths = Uint16Array.from(data.lanes.depth, depth => Math.min(depth, 65535));
    this.laneNames = Uint32Array.from(data.lanes.name);
    this.laneFiles = Uint32Array.from(data.lanes.file);
    this.byName = sums(Int32Array, data.lanes.byName);
    this.laneCount = this.laneIDs.length;
    this.readChanges(data);
    this.readNamings(data.namings);
    this.loop = new Loop(this, data);
    this.uses = data.uses.map(pairs => ({
      events: Uint32Array.from(pairs.filter((_, i) => i % 2 === 0)),
      words: pairs.filter((_, i) => i % 2 === 1),
    }));
    this.readOutput(data.output);
  }

  /** The changes of a lane are those from `firstChange[lane]` to `firstChange[lane + 1]`. */
  readChanges(data) {
    const changes = data.changes;
    this.firstChange = new Uint32Array(this.laneCount + 1);
    this.changeEvents = new Uint32Array(changes.event.length);
    for (let lane = 0, next = 0; lane < this.laneCount; lane++) {
      let event = 0;
      for (let left = data.lanes.changes[lane]; left > 0; left--, next++) {
        this.changeEvents[next] = event += changes.event[next];
      }
      this.firstChange[lane + 1] = next;
    }
    this.changeStates = smalls(changes.state);
    this.changeWords = Int32Array.from(changes.words);
    this.changeLines = Uint32Array.from(changes.line);
    this.changeOn = Int32Array.from(changes.on, lane => lane - 1);
    this.created = new Uint32Array(this.laneCount);
    for (let lane = 0; lane < this.laneCount; lane++) {
      this.created[lane] = this.changeEvents[this.firstChange[lane]];
    }
    this.creations = this.created.slice().sort();
    this.firstLane = this.created.indexOf(this.creations[0]);
  }

  readOutput(output) {
    this.outputEvents = sums(Uint32Array, output.event);
    this.outputLanes = Int32Array.from(output.lane, lane => lane - 1);
    this.outputTexts = Uint32Array.from(output.text);
    this.outputStreams = smalls(output.stream);
    /** The first piece of each line that was printed, and the line of each piece. */
    const joins = smalls(output.joins);
    this.outputLines = [];
    this.lineOf = new Uint32Array(joins.length);
    for (let i = 0; i < joins.length; i++) {
      if (!joins[i]) this.outputLines.push(i);
      this.lineOf[i] = this.outputLines.length - 1;
    }
  }

  /** The text at a place of the data; 0 is the empty one. */
  text(place) { return this.texts.at(place); }

  // Events.

  /** The events of some kinds, in their order. */
  eventsOf(...words) {
    const kinds = words.map(word => this.kinds.indexOf(word));
    const events = [];
    for (let i = 0; i < this.count; i++) if (kinds.includes(this.kindOf[i])) events.push(i);
    return Uint32Array.from(events);
  }

  /** A text in which marks stand for what makes it differ from others: see PageMark. */
  unmarked(text, step, lane, cause) {
    return this.text(text).replace(/[\u0001-\u0003]/g, mark =>
      mark === "\u0001" ? `tep ${step}` : mark === "\u0002" ? this.name(lane) : `tep ${cause}`);
  }

  sentence(event) {
    return this.unmarked(this.textOf[event], this.stepAt(event + 1), this.laneOf[event], 0);
  }

  /** In nanoseconds. */
  timeAt(cursor) { return cursor > 0 ? this.times[Math.min(cursor, this.count) - 1] : 0; }

  cursorAtTime(time) { return prefixEnd(0, this.count, i => this.times[i] <= time); }

  tickAt(cursor) {
    const ticks = endBelow(this.tickEvents, cursor);
    return ticks > 0 ? this.tickNumbers[ticks - 1] : 0;
  }

  // Steps, counted from 1.

  get stepCount() { return this.stepStarts.length; }

  stepAt(cursor) { return endBelow(this.stepStarts, cursor); }

  cursorAfterSteps(steps) {
    return steps < this.stepCount ? this.stepStarts[Math.max(0, steps)] : this.count;
  }

  /** The end of the step that a cursor is in, or else of the next one. */
  cursorAfterStepFrom(cursor) {
    const begun = endBelow(this.stepStarts, cursor + 1);
    const next = this.cursorAfterSteps(begun);
    // What a program does between two steps may have come by itself: that alone is no step.
    const end = begun > 0 ? this.stepEnds[begun - 1] : -1;
    const hasEnded = begun === 0 || end > this.stepStarts[begun - 1] && end <= cursor;
    if (!hasEnded || next >= this.count) return next;
    return this.cursorAfterSteps(endBelow(this.stepStarts, next + 1));
  }

  previousStep(cursor) {
    const begun = this.stepAt(cursor);
    return begun > 0 ? this.stepStarts[begun - 1] : cursor;
  }

  /** The last boundary of a step in a part of the run, counted in events. */
  cursorAtFraction(fraction) {
    if (fraction >= 1) return this.count;
    const target = fraction > 0 ? Math.floor(fraction * this.count) : 0;
    if (this.tellsNoSteps) return Math.max(target, this.prologue);
    return this.cursorAfterSteps(Math.max(0, endBelow(this.stepStarts, target + 1) - 1));
  }

  /** Why a step ran, then why the step ran in which the cause of that came up, and so on. */
  stepReasons(step) {
    const reasons = [];
    while (step > 0 && reasons.length < 6) {
      const cause = this.stepCause[step - 1];
      const text = this.unmarked(this.stepWhy[step - 1], step, -1, cause);
      if (text) reasons.push({ step, text });
      step = cause;
    }
    return reasons;
  }

  /** The namings of a lane's task are those from `firstNaming[lane]` to `firstNaming[lane + 1]`. */
  readNamings(namings) {
    this.firstNaming = sums(Uint32Array, [0, ...namings.count]);
    this.namingEvents = sums(Uint32Array, namings.event);
    this.taskNames = Uint32Array.from(namings.name);
    this.givenNames = Uint32Array.from(namings.given);
  }

  // Lanes.

  laneCountAt(cursor) { return endBelow(this.creations, cursor); }

  name(lane) { return lane < 0 ? "the program" : this.text(this.laneNames[lane]); }

  /** The namings of a lane's task before a cursor, from the first to behind the last. */
  namingsOf(lane, cursor) {
    const [first, end] = [this.firstNaming[lane], this.firstNaming[lane + 1]];
    return [first, endBelow(this.namingEvents, cursor, first, end)];
  }

  /** The name that the program gave a lane's task. */
  givenName(lane, cursor) {
    if (lane < 0) return "";
    const [first, end] = this.namingsOf(lane, cursor);
    return first < end ? this.text(this.givenNames[end - 1]) : "";
  }

  fullName(lane, cursor) {
    const given = this.givenName(lane, cursor);
    return given ? `${this.name(lane)} (${given})` : this.name(lane);
  }

  /** The change that brought the state which holds at a cursor; -1 where there is no such lane yet. */
  changeAt(lane, cursor) {
    const first = this.firstChange[lane];
    const end = endBelow(this.changeEvents, cursor, first, this.firstChange[lane + 1]);
    return end > first ? end - 1 : -1;
  }

  stateOf(change) { return this.states[this.changeStates[change]]; }

  /** A state in words, with what it is for. */
  words(change, cursor) {
    const words = this.changeWords[change];
    if (words >= 0) return this.text(words);
    const use = this.uses[-1 - words];
    return this.text(use.words[Math.max(0, endBelow(use.events, cursor) - 1)]);
  }

  /** Whether it has returned or was cancelled. */
  isOver(lane, cursor) {
    const change = this.firstChange[lane + 1] - 1;
    const word = this.stateOf(change).word;
    return (word === "DONE" || word === "cancelled") && this.changeEvents[change] < cursor;
  }

  /** The text of the file in which a lane's code stands, if the run has it. */
  sourceOf(lane) {
    return lane < 0 ? undefined : this.sources.get(this.text(this.laneFiles[lane]));
  }

  /** The lane of those meant whose code ran last; one whose text the run has comes before a library's. */
  activeAt(cursor, isMeant = () => true) {
    let last = -1;
    for (let i = cursor - 1; i >= Math.max(0, cursor - 512); i--) {
      const lane = this.laneOf[i];
      if (lane < 0 || lane === last || !Run.active.has(this.kinds[this.kindOf[i]])) continue;
      if (!isMeant(lane)) continue;
      if (this.sourceOf(lane)) return lane;
      if (last < 0) last = lane;
    }
    return last;
  }

  static active = new Set([
    "started", "suspended", "resumed", "returned", "raised", "cancelled", "never awaited",
  ]);
}

// Times, as the screen of loopscope writes them.

/** The whole seconds of a time from an hour on: `1:00:05`, `3d 0:00:05`; null of a shorter one. */
function clockText(nanoseconds) {
  const seconds = Math.floor(nanoseconds / 1e9);
  if (seconds < 3600) return null;
  const [hours, ...rest] = [seconds % 86400 / 3600, seconds / 60 % 60, seconds % 60].map(Math.floor);
  const days = seconds < 86400 ? "" : `${Math.floor(seconds / 86400)}d `;
  return `${days}${hours}:${rest.map(part => String(part).padStart(2, "0")).join(":")}`;
}

/** `1.000s`, `0.000250s`, `3d 0:00:05.000`. */
function timeText(nanoseconds) {
  const micro = Math.floor(nanoseconds % 1e9 / 1000);
  const digits = micro % 1000 === 0
    ? String(micro / 1000).padStart(3, "0") : String(micro).padStart(6, "0");
  const clock = clockText(nanoseconds);
  return clock ? `${clock}.${digits}` : `${Math.floor(nanoseconds / 1e9)}.${digits}s`;
}

/** `2s`, `1.5s`, `250ms`, `1:30:00`, `3d`. */
function shortTimeText(nanoseconds) {
  const clock = clockText(nanoseconds);
  if (clock && nanoseconds % 864e11 === 0) return `${nanoseconds / 864e11}d`;
  if (clock) return clock + (nanoseconds % 1e9 / 1e9).toFixed(9).slice(1).replace(/\.?0+$/, "");
  const [unit, name] = nanoseconds === 0 || nanoseconds >= 1e9 ? [1e9, "s"]
    : nanoseconds >= 1e6 ? [1e6, "ms"] : nanoseconds >= 1e3 ? [1e3, "µs"] : [1, "ns"];
  return `${Number((nanoseconds / unit).toFixed(9))}${name}`;
}
