package org.posixipc.jmh;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages of one size over one transport: the same work for every library. */
record Work(Transport transport, int size, Between between, Settings settings) {
  private static final Set<Transport> USUAL =
      EnumSet.of(Transport.PIPE, Transport.SOCKETPAIR, Transport.UNIX, Transport.TCP);

  /** What differs from the usual ones in more than its address or its name. */
  private static final Set<Transport> SPECIAL =
      EnumSet.of(Transport.PIPE_1M, Transport.DGRAM, Transport.SEQPACKET, Transport.FILE_TMPFS);

  /** How well a run can do without it: {@link Step#rank}. */
  int rank() {
    int rank = USUAL.contains(transport) ? 0 : SPECIAL.contains(transport) ? 3 : 4;
    rank += between == Between.THREADS ? 0 : 2;
    return rank + (Plan.QUICK.sizes().contains(size) ? 0 : 3);
  }

  /** The same through one library. */
  int rank(Library library) {
    return rank() + (library.isUsual() ? 0 : 4);
  }

  String title() {
    String where = between == Between.THREADS ? "" : " between " + between.title();
    return transport.title() + where + " " + Figures.size(size);
  }

  /** Of a {@link Figure}. */
  Map<String, String> figureParameters() {
    return Map.of(
        "transport", transport.title(),
        "size", Integer.toString(size),
        "between", between.title());
  }

  /** Of a benchmark. */
  Map<String, String> parameters(Library library) {
    Map<String, String> parameters = new HashMap<>(settings.parameters());
    parameters.put("transport", transport.name());
    parameters.put("between", between.name());
    parameters.put("size", Integer.toString(size));
    parameters.put("library", library.name());
    return parameters;
  }

  /** Of a C program. */
  List<String> arguments(Cpus cpus) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(transport.title(), Integer.toString(size), between.title()));
    arguments.addAll(settings.arguments());
    arguments.add(Integer.toString(cpus.writer()));
    arguments.add(Integer.toString(cpus.reader()));
    return arguments;
  }
}
