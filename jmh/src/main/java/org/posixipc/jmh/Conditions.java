package org.posixipc.jmh;

import java.util.Optional;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What all questions of a run have in common; {@code programs} is empty without C, {@code jmh} has
 * options of JMH's own, {@code doubts} what was found out meanwhile.
 */
record Conditions(Plan plan, Cpus cpus, Optional<CPrograms> programs, Options jmh, Doubts doubts) {
  Conditions(Plan plan, Cpus cpus, Optional<CPrograms> programs, Options jmh) {
    this(plan, cpus, programs, jmh, new Doubts());
  }

  Conditions(Plan plan, Cpus cpus, Optional<CPrograms> programs) {
    this(plan, cpus, programs, new OptionsBuilder().build());
  }

  Forks forks() {
    return new Forks(plan, cpus, jmh);
  }
}
