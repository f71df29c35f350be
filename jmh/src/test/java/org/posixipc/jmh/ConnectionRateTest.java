package org.posixipc.jmh;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Connections are made and closed; an end that stayed open would fail the leak guard. */
class ConnectionRateTest {
  private static final int OPERATIONS = 1000;

  private final ConnectionRate rate = new ConnectionRate();

  @Test
  void ourListenerAcceptsWhatConnects() throws IOException {
    ConnectionRate.OurListener unix = new ConnectionRate.OurListener();
    ConnectionRate.OurTcpListener tcp = new ConnectionRate.OurTcpListener();
    unix.open();
    tcp.open();

    for (int i = 0; i < OPERATIONS; i++) {
      rate.listener(unix);
      rate.listenerTcp(tcp);
    }

    tcp.close();
    unix.close();
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
    ConnectionRate.JdkListener unix = new ConnectionRate.JdkListener();
    ConnectionRate.JdkTcpListener tcp = new ConnectionRate.JdkTcpListener();
    unix.open();
    tcp.open();

    for (int i = 0; i < OPERATIONS; i++) {
      rate.javaNioServerSocketChannel(unix);
      rate.javaNioServerSocketChannelTcp(tcp);
    }

    tcp.close();
    unix.close();
  }
}
