package org.posixipc.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something to measure of each transport and size, through each library that has it, and in C. */
abstract class TransportQuestion implements Question {
  final Scope scope;
  final Conditions conditions;
  private final List<Integer> sizes;
  private final Map<Figure, Samples> measured = new LinkedHashMap<>();

  TransportQuestion(Scope scope, List<Integer> sizes, Conditions conditions) {
    this.scope = scope;
    this.sizes = sizes;
    this.conditions = conditions;
  }

  /** Figures of one fork, of which the first is for the progress. */
  abstract List<Figure> fork(Work work, Library library) throws IOException;

  /** The same in C. */
  abstract List<Figure> program(Work work, CPrograms c) throws IOException;

  /** In a few words. */
  abstract String text(Work work, Samples samples);

  /** What is done, in the order of the table. */
  final List<Work> works() throws IOException {
    return works(sizes);
  }

  /** The same with messages of other sizes. */
  final List<Work> works(List<Integer> others) throws IOException {
    List<Work> works = new ArrayList<>();
    for (int size : others) {
      for (Transport transport : scope.transports()) {
        if (transport.absence(size, scope.settings()).isEmpty()) {
          betweens().forEach(it -> works.add(new Work(transport, size, it, scope.settings())));
        }
      }
    }
    return works;
  }

  /** Ours first, then C: what is compared is seconds apart. */
  @Override
  public final List<Step> round() throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Work work : works()) {
      for (Library library : libraries(work)) {
        steps.add(step(work, library));
        if (library == Library.POSIX_IPC) {
          conditions.programs().ifPresent(c -> steps.add(stepOfC(work, c)));
        }
      }
    }
    return steps;
  }

  @Override
  public final List<Figure> figures() {
    return measured.entrySet().stream().map(it -> it.getKey().with(it.getValue())).toList();
  }

  @Override
  public final List<String> absences() throws IOException {
    Set<String> absences = new LinkedHashSet<>();
    for (Library library : scope.libraries()) {
      library.absence().ifPresent(absences::add);
      for (Transport transport : scope.transports()) {
        library.lack(transport).ifPresent(absences::add);
      }
    }
    for (int size : sizes) {
      for (Transport transport : scope.transports()) {
        transport.absence(size, scope.settings()).ifPresent(absences::add);
      }
    }
    if (betweens().size() < scope.betweens().size()) {
      absences.add("processes: the peer is a C program, and no C compiler built it");
    }
    return List.copyOf(absences);
  }

  final List<Library> libraries(Work work) {
    return scope.libraries().stream()
        .filter(library -> library.absence().isEmpty())
        .filter(library -> library.ends().transports(work.between()).contains(work.transport()))
        .toList();
  }

  private List<Between> betweens() {
    return scope.betweens().stream()
        .filter(it -> it == Between.THREADS || conditions.programs().isPresent())
        .toList();
  }

  final void note(Figure figure) {
    measured.merge(figure.with(Samples.NONE), figure.samples(), Samples::plus);
  }

  private Step step(Work work, Library library) {
    return step(
        work,
        library.title(),
        conditions.plan().forkMillis(),
        work.rank(library),
        () -> fork(work, library));
  }

  /** Where ours is measured C is too. */
  private Step stepOfC(Work work, CPrograms c) {
    return step(
        work,
        Library.C,
        conditions.plan().programMillis(),
        work.rank(Library.POSIX_IPC),
        () -> program(work, c));
  }

  private Step step(Work work, String who, long millis, int rank, Measurement measurement) {
    return new Step(
        work.title() + ", " + who,
        millis,
        rank,
        () -> {
          conditions.doubts().check(work, who);
          List<Figure> figures = measurement.take();
          figures.forEach(this::note);
          return text(work, figures.get(0).samples());
        });
  }

  private interface Measurement {
    List<Figure> take() throws IOException;
  }
}
