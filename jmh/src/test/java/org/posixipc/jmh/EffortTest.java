package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffortTest {
  private static final List<Questions.Name> TRANSPORTS =
      List.of(Questions.Name.ROUND_TRIP, Questions.Name.BANDWIDTH);

  private static final List<Step> STEPS =
      List.of(step("usual", 0), step("seldom", 2), step("other", 1));

  @Test
  void whatIsNotAffordableIsLeftOutByRankAndTheRestKeepsItsOrder() {
    assertEquals(List.of("usual", "seldom", "other"), titles(Effort.affordable(STEPS, 30)));
    assertEquals(List.of("usual", "other"), titles(Effort.affordable(STEPS, 29)));
    assertEquals(List.of("usual"), titles(Effort.affordable(STEPS, 19)));
  }

  @Test
  void whatARunIsNotOneWithoutIsNeverLeftOut() {
    assertEquals(List.of("usual"), titles(Effort.affordable(STEPS, 0)));
  }

  @Test
  void aThoroughRunLeavesNothingOut() {
    assertEquals(STEPS, Effort.THOROUGH.affordable(STEPS));
  }

  @Test
  void aQuickRunOfEverythingTakesLessThanTwoMinutesByItsOwnEstimate() throws IOException {
    assertTrue(millis(Effort.QUICK) < 120_000, millis(Effort.QUICK) + " ms");
  }

  @Test
  void aDefaultRunOfEverythingTakesLessThanTenMinutesByItsOwnEstimate() throws IOException {
    assertTrue(millis(Effort.DEFAULT) < 600_000, millis(Effort.DEFAULT) + " ms");
  }

  @Test
  void whereOursIsMeasuredCIsToo() throws IOException {
    String ours = ", " + Library.POSIX_IPC.title();
    for (Effort effort : List.of(Effort.QUICK, Effort.DEFAULT)) {
      List<String> titles = titles(affordable(effort, TRANSPORTS));
      List<String> withC = titles.stream().filter(title -> title.endsWith(ours)).toList();

      assertTrue(withC.size() > 0);
      if (CPrograms.find().isPresent()) {
        withC.forEach(title -> assertTrue(titles.contains(title.replace(ours, ", C")), title));
      }
    }
  }

  private static List<Step> affordable(Effort effort, List<Questions.Name> names)
      throws IOException {
    Conditions conditions = new Conditions(effort.plan(), Cpus.FREE, CPrograms.find());
    return effort.affordable(Questions.of(names, new Choice().scope(), conditions).steps());
  }

  private static long millis(Effort effort) throws IOException {
    List<Questions.Name> all = List.of(Questions.Name.values());
    return affordable(effort, all).stream().mapToLong(Step::millis).sum();
  }

  private static Step step(String title, int rank) {
    return new Step(title, 10, rank, () -> "");
  }

  private static List<String> titles(List<Step> steps) {
    return steps.stream().map(Step::title).toList();
  }
}
