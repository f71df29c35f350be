package org.posixipc.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.posixipc.fixture.Eventually;

/** Remembers what a server told. */
final class Failures implements FailureListener {
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public void failed(String what, Throwable cause) {
    told.add(what + ": " + cause);
  }

  List<String> told() {
    return told;
  }

  void await(int count) throws Exception {
    Eventually.await(count + " failures, not " + told, () -> told.size() >= count);
  }
}
