package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posixipc.fixture.Bytes.bytes;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Descriptors;

/** A listener, or a connection, that was made here goes on in Netty's epoll transport. */
class NettyHandOverTest {
  @TempDir Path folder;

  private EventLoopGroup group;

  @BeforeEach
  void start() {
    assumeTrue(
        Epoll.isAvailable(), "Netty's epoll transport is here for Linux on x86-64: not on this");
    group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  @AfterEach
  void stop() throws Exception {
    if (group != null) {
      group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nettyServesAListenerThatWasBoundHere(Place place) throws Exception {
    Listener listener = Listener.bind(place.address(folder));
    SocketAddress address = listener.localAddress();
    int number = handOver(listener.descriptor());

    Channel server = serve(number, place);

    assertEchoes(address);
    assertEchoes(address);
    server.close().sync();
    assertFalse(Descriptors.isOpen(number));
  }

  @ParameterizedTest
  @EnumSource
  void nettyServesAConnectionThatWasAcceptedHere(Place place) throws Exception {
    try (Listener listener = Listener.bind(place.address(folder));
        Socket client = Socket.connect(listener.localAddress())) {
      int number = handOver(listener.accept().descriptor());

      Channel channel = channel(number, place);
      channel.pipeline().addLast(new Echo());
      group.register(channel).sync();

      assertEchoes(client);
      channel.closeFuture().sync();
      assertFalse(Descriptors.isOpen(number));
    }
  }

  /** Released, it counts as closed here: closing it again must not close Netty's descriptor. */
  @Test
  void closingWhatWasHandedOverDoesNotDisturbNetty() throws Exception {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    int number = handOver(listener.descriptor());
    Channel server = serve(number, Place.UNIX_PATH);

    listener.close();

    assertTrue(Descriptors.isOpen(number));
    assertEchoes(listener.localAddress());
    server.close().sync();
  }

  /** Netty doesn't ask whether a descriptor waits, and its event loop must not. */
  private static int handOver(FileDescriptor descriptor) throws IOException {
    descriptor.nonBlocking(true);
    return descriptor.release();
  }

  private Channel serve(int number, Place place) throws InterruptedException {
    ChannelFactory<ServerChannel> handedOver = () -> server(number, place);
    ServerBootstrap bootstrap =
        new ServerBootstrap().group(group).channelFactory(handedOver).childHandler(new Echo());
    return bootstrap.register().sync().channel();
  }

  private static ServerChannel server(int number, Place place) {
    return isUnix(place)
        ? new EpollServerDomainSocketChannel(number, true)
        : new EpollServerSocketChannel(number);
  }

  private static Channel channel(int number, Place place) {
    return isUnix(place) ? new EpollDomainSocketChannel(number) : new EpollSocketChannel(number);
  }

  private static boolean isUnix(Place place) {
    return place == Place.UNIX_PATH || place == Place.UNIX_ABSTRACT;
  }

  private static void assertEchoes(SocketAddress address) throws IOException {
    try (Socket socket = Socket.connect(address)) {
      assertEchoes(socket);
    }
  }

  /** Up to the end of file: Netty has closed its end by then. */
  private static void assertEchoes(Socket socket) throws IOException {
    socket.write(bytes("hello, epoll"));
    socket.shutdownOutput();
    ByteBuffer answer = ByteBuffer.allocate(100);
    Bytes.fill(socket, answer);
    assertEquals("hello, epoll", Bytes.text(answer.flip()));
  }

  /** Gives back what comes. */
  @ChannelHandler.Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what isn't written doesn't come back
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }
}
