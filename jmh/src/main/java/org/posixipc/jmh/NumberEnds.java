package org.posixipc.jmh;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Connections of this library's, used by their numbers through other calls. */
final class NumberEnds implements Ends {
  private final PosixEnds ours = new PosixEnds();
  private final Supplier<NumberChannel.Calls> calls;
  private final Set<Transport> transports;

  NumberEnds(Supplier<NumberChannel.Calls> calls, Set<Transport> transports) {
    this.calls = calls;
    this.transports = EnumSet.copyOf(transports);
  }

  @Override
  public Set<Transport> transports(Between between) {
    return EnumSet.copyOf(transports);
  }

  @Override
  public Connection open(Transport transport, Between between, Settings settings)
      throws IOException {
    Connection connection = ours.open(transport, between, settings);
    End far = connection.far();
    return new Connection(
        wrapped(connection.near()), between == Between.PROCESSES ? far : wrapped(far));
  }

  private End wrapped(End end) {
    return new End(
        new NumberChannel(PosixEnds.descriptor(end.in()), calls.get()),
        new NumberChannel(PosixEnds.descriptor(end.out()), calls.get()));
  }
}
