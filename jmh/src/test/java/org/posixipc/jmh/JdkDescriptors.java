package org.posixipc.jmh;

import java.io.IOException;
import org.junit.jupiter.api.extension.Extension;

/**
 * Has the JDK open what it keeps for ever once it was used: the source of its random numbers, and a
 * dead socket that takes the place of channels while they close.
 *
 * <p>JUnit creates its extensions before the first test class, so these descriptors are no leak of
 * whichever class uses the JDK's channels first.
 */
public final class JdkDescriptors implements Extension {
  /** Called by JUnit, which finds this by META-INF/services. */
  public JdkDescriptors() throws IOException {
    JdkEnds.unix().close();
  }
}
