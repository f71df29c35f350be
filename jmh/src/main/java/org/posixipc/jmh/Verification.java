package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Does every byte arrive, and as it was sent? Before anything is measured, each transport carries
 * pseudo-random messages through each library, and in C; both sides count, and take a checksum.
 */
final class Verification {
  /** No power of two, so that messages are cut at places where pages aren't. */
  static final int SIZE = 4099;

  /** More than one of {@link SharedFile}'s files. */
  static final long MESSAGES = 5000;

  /** About what one library takes. */
  private static final int MILLIS = 60;

  private Verification() {}

  /** One for each transport that questions of this scope are about. */
  static List<Step> steps(TransportQuestion question) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Work work : question.works(List.of(SIZE))) {
      List<Library> libraries = question.libraries(work);
      steps.add(
          new Step(
              "verify " + work.transport().title() + " between " + work.between().title(),
              (libraries.size() + 1L) * MILLIS,
              new Work(work.transport(), Plan.QUICK.sizes().get(0), work.between(), work.settings())
                  .rank(),
              () -> all(work, libraries, question.conditions)));
    }
    return steps;
  }

  private static String all(Work work, List<Library> libraries, Conditions conditions)
      throws IOException {
    Map<String, Check> checks = new LinkedHashMap<>();
    libraries.forEach(library -> checks.put(library.title(), () -> verify(work, library)));
    conditions.programs().ifPresent(c -> checks.put(Library.C, () -> c.verify(work, MESSAGES)));
    return all(work, checks, conditions.doubts());
  }

  /** One that fails keeps no other from being verified; what failed is not measured. */
  static String all(Work work, Map<String, Check> checks, Doubts doubts) throws IOException {
    List<String> failures = new ArrayList<>();
    for (Map.Entry<String, Check> check : checks.entrySet()) {
      try {
        check.getValue().run();
      } catch (IOException | RuntimeException | LinkageError e) {
        doubts.note(work, check.getKey());
        failures.add(check.getKey() + ": " + e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IOException(String.join("; ", failures));
    }
    return String.format(
        Locale.ROOT,
        "%,d bytes, counts and CRC-32C equal through %d",
        MESSAGES * work.size(),
        checks.size());
  }

  /** Fails if what arrived isn't what was sent. */
  interface Check {
    void run() throws IOException;
  }

  /**
   * Through one library.
   *
   * @throws IOException if what arrived isn't what was sent
   */
  static void verify(Work work, Library library) throws IOException {
    try (Line line = Line.open(work, library, Role.CHECK, MESSAGES, Cpus.FREE)) {
      Far.Sent received = receive(line.connection().near().in(), work.size());
      check(work, library, line.far().await(), received);
    }
  }

  /** All there is, whatever its messages. */
  static Far.Sent receive(ReadableByteChannel channel, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    CRC32C checksum = new CRC32C();
    long received = 0;
    int count;
    while ((count = channel.read(buffer.clear())) > 0) {
      received += count;
      checksum.update(buffer.flip());
    }
    return new Far.Sent(received, checksum.getValue());
  }

  static void check(Work work, Library library, Far.Sent sent, Far.Sent received)
      throws IOException {
    if (!received.equals(sent) || sent.bytes() != MESSAGES * work.size()) {
      throw new IOException(
          library.title() + ", " + work.title() + ": sent " + sent + ", received " + received);
    }
  }
}
