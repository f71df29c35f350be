package org.posixipc.jmh;

import java.util.Optional;

/** What all questions of a run have in common; {@code programs} is empty without C. */
record Conditions(Plan plan, Cpus cpus, Optional<CPrograms> programs) {
  Forks forks() {
    return new Forks(plan, cpus);
  }
}
