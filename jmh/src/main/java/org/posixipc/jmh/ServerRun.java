package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server under the load of {@code server_load.c}, from its start to its end. */
final class ServerRun implements Closeable {
  static final int CLIENTS = 8;

  /**
   * How long a JVM serves before it is measured. Its compiler's threads get what the server's and
   * the clients' leave them of the CPUs: on two of them it took seconds, not tenths, until the
   * requests per second rose no more.
   */
  static final int WARM_UP_MILLIS = 5000;

  /** Bytes there and back; {@code server_load.c} has it. */
  static final int REQUEST = 64;

  private static final long LOOK_NANOS = 20_000_000;
  private static final long PATIENCE_SECONDS = 10;

  private final CPrograms programs;
  private final Plan plan;
  private final UnixPath unix = UnixPath.create();
  private final Process process;

  /** Starts {@code command} with a path as its last argument, and waits until it is ready. */
  ServerRun(List<String> command, CPrograms programs, Plan plan) throws IOException {
    this.programs = programs;
    this.plan = plan;
    List<String> whole = new ArrayList<>(command);
    whole.add(unix.path().toString());
    process = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader(UTF_8);
    String line = output.readLine();
    if (!"ready".equals(line)) {
      close();
      throw new IOException(command + " says " + line);
    }
  }

  /**
   * By {@link ServerQuestion}'s metrics.
   *
   * @param warmUpMillis how long it serves before, if it needs to
   */
  Map<String, Samples> measure(int warmUpMillis) throws IOException {
    Map<String, Samples> measured = new LinkedHashMap<>();
    if (warmUpMillis > 0) {
      load("kept", warmUpMillis / plan.millis(), 1);
    }
    List<String> fresh = load("fresh", plan.warmups(), plan.samples());
    measured.put("connections", CPrograms.samples(fresh, CPrograms.Sample::perSecond));
    load("kept", plan.warmups(), 1);
    long before = cost().cpuNanos();
    CompletableFuture<List<String>> kept = CompletableFuture.supplyAsync(this::kept);
    double memory = mostMemory(kept);
    List<String> lines = result(kept);
    long cpu = cost().cpuNanos() - before;
    measured.put("requests", CPrograms.samples(lines, CPrograms.Sample::perSecond));
    CPrograms.percentiles(lines, ServerQuestion.PERCENTILES)
        .forEach((percent, samples) -> measured.put("p" + percent, samples));
    if (ProcessCost.isKnown()) {
      Samples requests = CPrograms.samples(lines, CPrograms.Sample::operations);
      double all = requests.values().stream().mapToDouble(it -> it).sum();
      measured.put("memory", new Samples(List.of(memory)));
      measured.put("cpu", new Samples(List.of(cpu / all)));
    }
    return measured;
  }

  private ProcessCost cost() throws IOException {
    return ProcessCost.isKnown() ? ProcessCost.of(process.toHandle()) : new ProcessCost(0, 0);
  }

  /** While the connections are there. */
  private double mostMemory(CompletableFuture<?> load) throws IOException {
    long most = 0;
    while (!load.isDone()) {
      LockSupport.parkNanos(LOOK_NANOS);
      most = Math.max(most, cost().bytes());
    }
    return most;
  }

  private List<String> load(String connections, int warmups, int samples) throws IOException {
    return programs.serverLoad(unix.path(), connections, CLIENTS, warmups, samples, plan.millis());
  }

  private List<String> kept() {
    try {
      return load("kept", 0, plan.samples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> result(CompletableFuture<List<String>> load) throws IOException {
    try {
      return load.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException unchecked
          ? unchecked.getCause()
          : new IOException(e.getCause());
    }
  }

  /** SIGTERM, so that it can end its children. */
  @Override
  public void close() throws IOException {
    try (unix) {
      process.destroy();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server ended", e);
    }
  }
}
