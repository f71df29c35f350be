package org.posixipc.jmh;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Connections are made and closed; an end that stayed open would fail the leak guard. */
class ConnectionRateTest {
  private static final int OPERATIONS = 1000;

  private final ConnectionRate rate = new ConnectionRate();

  @Test
  void ourListenerAcceptsWhatConnects() throws IOException {
    ConnectionRate.OurListener listener = new ConnectionRate.OurListener();
    listener.open();

    for (int i = 0; i < OPERATIONS; i++) {
      rate.listener(listener);
    }

    listener.close();
  }

  @Test
  void othersListenersAcceptWhatConnects() throws IOException {
    ConnectionRate.JnrListener jnr = new ConnectionRate.JnrListener();
    ConnectionRate.JunixListener junix = new ConnectionRate.JunixListener();
    jnr.open();
    junix.open();

    for (int i = 0; i < OPERATIONS; i++) {
      rate.jnrUnixSocket(jnr);
      rate.junixSocket(junix);
    }

    junix.close();
    jnr.close();
  }

  @Test
  void theJdksListenerAcceptsWhatConnects() throws IOException {
    ConnectionRate.JdkListener listener = new ConnectionRate.JdkListener();
    listener.open();

    for (int i = 0; i < OPERATIONS; i++) {
      rate.javaNioServerSocketChannel(listener);
    }

    listener.close();
  }
}
