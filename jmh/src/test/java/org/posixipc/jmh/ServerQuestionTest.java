package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The servers that are measured serve, and the figures say what was measured. */
class ServerQuestionTest {
  private static final Plan SHORT = new Plan(1, 1, 2, 20, List.of(64), List.of(64));

  private static ServerQuestion question(Optional<CPrograms> programs) {
    return new ServerQuestion(new Conditions(SHORT, Cpus.FREE, programs));
  }

  private static Figure figure(String who, ServerWay way, String metric, Double... samples) {
    ServerQuestion.Contestant contestant = new ServerQuestion.Contestant(who, way);
    return ServerQuestion.figure(contestant, metric, new Samples(List.of(samples)));
  }

  @Test
  void everyServerAnswersItsClientsAndIsMeasured() throws Exception {
    Optional<CPrograms> programs = CPrograms.find();
    assumeTrue(programs.isPresent(), "no C compiler");
    ServerQuestion question = question(programs);

    for (Step step : question.round()) {
      assertTrue(step.body().run().endsWith(" requests/s"), step.title());
    }

    int metrics = ProcessCost.isKnown() ? 6 : 4;
    List<Figure> figures = question.figures();
    assertEquals(ServerQuestion.contestants().size() * metrics, figures.size());
    for (Figure figure : figures) {
      boolean ticks = "cpu".equals(figure.parameters().get("metric"));
      assertTrue(ticks || figure.samples().median() > 0, figure::toString);
    }
  }

  @Test
  void aFigureNamesItsMetricItsModelAndItsWay() {
    Figure figure = figure("posix-ipc", ServerWay.WORKERS, "p50", 1.0);

    assertEquals(
        Map.of("way", "8 pre-forked workers", "model", "fork", "metric", "p50"),
        figure.parameters());
    assertEquals("ns", figure.unit());
    assertEquals("server", figure.question());
  }

  @Test
  void theSamplesOfAllRoundsAreOneFigure() {
    ServerQuestion question = question(Optional.empty());
    question.note(figure("C", ServerWay.THREADS, "requests", 1.0, 2.0));
    question.note(figure("C", ServerWay.THREADS, "requests", 3.0));

    assertEquals(
        List.of(figure("C", ServerWay.THREADS, "requests", 1.0, 2.0, 3.0)), question.figures());
  }

  @Test
  void inCThereIsOneWayOfEachModel() {
    Figure figure = figure("C", ServerWay.PROCESSES, "p50", 1.0);

    assertEquals(Map.of("model", "fork", "metric", "p50"), figure.parameters());
  }

  @Test
  void withoutACompilerNothingIsMeasuredAndThatIsSaid() {
    ServerQuestion question = question(Optional.empty());

    assertEquals(List.of(), question.round());
    assertTrue(question.absences().contains("servers: their clients are a C program"));
  }
}
