package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.Listener;
import org.posixipc.SocketAddress;
import org.posixipc.example.HttpFileServer;
import org.posixipc.fixture.Bytes;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/** What clients that others wrote fetch from the HTTP example. */
class HttpExampleTest {
  @TempDir Path folder;

  private SocketServer server;
  private byte[] noise;

  @BeforeEach
  void start() throws IOException {
    Path files = folder.resolve("public");
    Path sub = Files.createDirectories(files.resolve("sub folder"));
    noise = Bytes.noise(3_000_000);
    Files.writeString(files.resolve("index.html"), "<h1>hello</h1>");
    Files.writeString(sub.resolve("a+b.txt"), "plus");
    Files.write(files.resolve("noise"), noise);
    Files.writeString(folder.resolve("secret"), "nobody's business");
    Files.createSymbolicLink(files.resolve("link"), folder.resolve("secret"));
    server =
        SocketServer.start(
            Listener.bind(SocketAddress.inet("127.0.0.1", 0)),
            ServerModel.threadPerConnection(new HttpFileServer(files)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private String url(String path) {
    return "http://" + server.localAddress() + "/" + path;
  }

  /** What a client says by itself gets there as it is. */
  private String raw(String request) throws IOException {
    return exchange(server.localAddress(), request);
  }

  /** Fetches a file with the JDK's client, whose threads and sockets stay until its JVM ends. */
  static final class FetchesAFile {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      HttpResponse<Path> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(arguments[0])).build(),
                  HttpResponse.BodyHandlers.ofFile(Path.of(arguments[1])));
      System.out.println("ok " + response.statusCode());
    }
  }

  @Test
  void javasClientFetchesAFile() throws Exception {
    Path fetched = folder.resolve("fetched");
    String[] arguments = {url("noise"), fetched.toString()};
    try (PeerProcess client =
        PeerProcess.start(PeerProcess.javaCommand(FetchesAFile.class, arguments))) {
      assertEquals("200", client.succeed());
    }
    assertArrayEquals(noise, Files.readAllBytes(fetched));
  }

  @Test
  void curlFetchesAFile() throws Exception {
    Path fetched = folder.resolve("fetched");
    try (PeerProcess curl =
        PeerProcess.start("curl", "-sS", "-f", "-o", fetched.toString(), url("noise"))) {
      assertEquals(0, curl.exitCode(), curl::rest);
    }
    assertArrayEquals(noise, Files.readAllBytes(fetched));
  }

  @ParameterizedTest
  @CsvSource({
    "/,<h1>hello</h1>",
    "/index.html?query,<h1>hello</h1>",
    "/sub%20folder/a+b.txt,plus",
    "/sub%20folder/../index.html,<h1>hello</h1>"
  })
  void aPathNamesAFile(String path, String content) throws IOException {
    String answer = raw("GET " + path + " HTTP/1.0\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.0 200 OK\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n" + content), answer);
    assertTrue(answer.contains("\r\nContent-Length: " + content.length() + "\r\n"), answer);
  }

  @Test
  void headHasNoBody() throws IOException {
    String answer = raw("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");

    assertTrue(answer.contains("\r\nContent-Type: text/html\r\nContent-Length: 14\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret",
        "/%2e%2e/secret",
        "/..%2Fsecret",
        "//etc/passwd",
        "/%2Fetc/passwd",
        "/link",
        "/none",
        "/%00",
        "/%zz",
        "/sub%20folder/"
      })
  void whatIsNotAFileOfTheFolderIsNotFound(String path) throws IOException {
    String answer = raw("GET " + path + " HTTP/1.0\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.0 404 Not Found\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "GET / HTTP/1.0\r\n", "GET /\r\n\r\n", "PUT / HTTP/1.0\r\n\r\n", "\n\n"})
  void whatIsNoRequestForAFileIsBad(String request) throws IOException {
    String answer = raw(request);

    assertTrue(answer.startsWith("HTTP/1.0 400 Bad Request\r\n"), answer);
  }
}
