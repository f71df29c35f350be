package org.posixipc.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a run asks.
 *
 * @param list in their order
 * @param rounds how often each is asked
 */
record Questions(List<Question> list, int rounds) {
  /** What {@code --only} takes. */
  enum Name {
    CALL_OVERHEAD,
    SOCKET_OVERHEAD,
    SETUP_COST,
    CONNECTION_RATE,
    CLOSE_COST,
    DESCRIPTOR_PASSING,
    SPAWN_COST,
    CHILD_ROUND_TRIP,
    SERVER,
    ROUND_TRIP,
    BANDWIDTH;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  /** Those that {@code names} name, over transports of {@code scope}. */
  static Questions of(List<Name> names, Scope scope, Conditions conditions) {
    List<Question> questions = new ArrayList<>();
    for (Name name : names) {
      questions.add(
          switch (name) {
            case CALL_OVERHEAD -> new WaysQuestion(Ways.CALL_OVERHEAD, conditions);
            case SOCKET_OVERHEAD -> new WaysQuestion(Ways.SOCKET_OVERHEAD, conditions);
            case CONNECTION_RATE -> new WaysQuestion(Ways.CONNECTION_RATE, conditions);
            case SETUP_COST -> new WaysQuestion(Ways.SETUP_COST, conditions);
            case CLOSE_COST -> new WaysQuestion(Ways.CLOSE_COST, conditions);
            case DESCRIPTOR_PASSING -> new WaysQuestion(Ways.DESCRIPTOR_PASSING, conditions);
            case SPAWN_COST -> new WaysQuestion(Ways.spawnCost(), conditions);
            case CHILD_ROUND_TRIP ->
                new WaysQuestion(Ways.childRoundTrip(conditions.cpus()), conditions);
            case SERVER -> new ServerQuestion(conditions);
            case ROUND_TRIP -> new RoundTripQuestion(scope, conditions);
            case BANDWIDTH -> new BandwidthQuestion(scope, conditions);
          });
    }
    return new Questions(List.copyOf(questions), conditions.plan().rounds());
  }

  /** All rounds of all. */
  List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>(verifications());
    for (Question question : list) {
      for (int i = 0; i < rounds; i++) {
        steps.addAll(question.round());
      }
    }
    return steps;
  }

  /** Those of one question, as all have the same scope. */
  private List<Step> verifications() throws IOException {
    for (Question question : list) {
      if (question instanceof TransportQuestion it) {
        return Verification.steps(it);
      }
    }
    return List.of();
  }
}
