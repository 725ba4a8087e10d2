#include "recorder_text.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The sections of one file, in the order of their numbers, as scripts/recorder joins them.
static const unsigned char text[] = {
#embed "../Python/Recorder/00_recorder.py" suffix(,)
#embed "../Python/Recorder/10_lines.py" suffix(,)
#embed "../Python/Recorder/11_log.py" suffix(,)
#embed "../Python/Recorder/12_sinks.py" suffix(,)
#embed "../Python/Recorder/13_ring.py" suffix(,)
#embed "../Python/Recorder/14_replaced.py" suffix(,)
#embed "../Python/Recorder/20_code.py" suffix(,)
#embed "../Python/Recorder/21_lanes.py" suffix(,)
#embed "../Python/Recorder/22_futures.py" suffix(,)
#embed "../Python/Recorder/23_values.py" suffix(,)
#embed "../Python/Recorder/30_ready_queue.py" suffix(,)
#embed "../Python/Recorder/31_arrivals.py" suffix(,)
#embed "../Python/Recorder/32_steps.py" suffix(,)
#embed "../Python/Recorder/33_endings.py" suffix(,)
#embed "../Python/Recorder/34_awaits.py" suffix(,)
#embed "../Python/Recorder/35_purposes.py" suffix(,)
#embed "../Python/Recorder/36_resources.py" suffix(,)
#embed "../Python/Recorder/37_members.py" suffix(,)
#embed "../Python/Recorder/40_monitoring.py" suffix(,)
#embed "../Python/Recorder/41_search.py" suffix(,)
#embed "../Python/Recorder/42_roots.py" suffix(,)
#embed "../Python/Recorder/43_outcomes.py" suffix(,)
#embed "../Python/Recorder/44_making.py" suffix(,)
#embed "../Python/Recorder/45_names.py" suffix(,)
#embed "../Python/Recorder/50_output.py" suffix(,)
#embed "../Python/Recorder/51_warnings.py" suffix(,)
#embed "../Python/Recorder/60_loops.py" suffix(,)
#embed "../Python/Recorder/61_other_queues.py" suffix(,)
#embed "../Python/Recorder/62_task_queue.py" suffix(,)
#embed "../Python/Recorder/63_other_loops.py" suffix(,)
#embed "../Python/Recorder/64_control.py" suffix(,)
#embed "../Python/Recorder/65_clock.py" suffix(,)
#embed "../Python/Recorder/66_standstill.py" suffix(,)
#embed "../Python/Recorder/67_chance.py" suffix(,)
#embed "../Python/Recorder/68_stacks.py" suffix(,)
#embed "../Python/Recorder/69_processes.py" suffix(,)
#embed "../Python/Recorder/70_commands.py" suffix(,)
#embed "../Python/Recorder/71_end.py" suffix(,)
#embed "../Python/Recorder/72_start.py" suffix(,)
#embed "../Python/Recorder/73_attach.py" suffix(,)
#embed "../Python/Recorder/74_script.py" suffix(,)
};

const unsigned char *recorder_text(size_t *length) {
  *length = sizeof text;
  return text;
}
