package org.posixipc.example;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posixipc.Socket;
import org.posixipc.server.ConnectionHandler;

/**
 * Serves the files of a folder by HTTP/1.0, one request a connection: {@code HttpFileServer MODEL
 * ADDRESS FOLDER}, such as {@code HttpFileServer threads 127.0.0.1:8000 public}. {@link
 * ServerProgram} has the models. It is an example, not a web server.
 */
public final class HttpFileServer implements ConnectionHandler {
  private static final int LONGEST_HEAD = 8192;
  private static final Pattern REQUEST =
      Pattern.compile("(GET|HEAD) /([^ ?#]*)(\\?[^ ]*)? HTTP/1\\.[0-9]\r?\n.*", Pattern.DOTALL);

  private final Path root;

  /** A handler that answers with the files of {@code folder}. */
  public HttpFileServer(Path folder) throws IOException {
    root = folder.toRealPath();
  }

  /** Serves until it is ended by a signal. */
  public static void main(String[] arguments) throws IOException {
    String folder = arguments[arguments.length - 1];
    HttpFileServer files = new HttpFileServer(Path.of(folder));
    new ServerProgram(HttpFileServer.class, files, folder).run(arguments);
  }

  /** Answers one request. */
  @Override
  public void handle(Socket connection) throws IOException {
    String head = head(new BufferedInputStream(Channels.newInputStream(connection)));
    Matcher request = REQUEST.matcher(head);
    OutputStream out = Channels.newOutputStream(connection);
    if (!request.matches()) {
      fail(out, "400 Bad Request");
      return;
    }
    Optional<Path> file = file(request.group(2));
    if (file.isEmpty()) {
      fail(out, "404 Not Found");
      return;
    }
    String type = Files.probeContentType(file.get());
    long length = Files.size(file.get());
    begin(out, "200 OK", type == null ? "application/octet-stream" : type, length);
    if (request.group(1).equals("GET")) {
      Files.copy(file.get(), out);
    }
  }

  /** Up to the empty line, if one comes in time. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2 && head.size() < LONGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
      newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
    }
    return head.toString(ISO_8859_1);
  }

  /** The file that a path names, if it is one and in the folder, whatever dots and links say. */
  private Optional<Path> file(String encoded) {
    try {
      String path = URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
      Path named = root.resolve(path).toRealPath();
      Path file = Files.isDirectory(named) ? named.resolve("index.html").toRealPath() : named;
      return Optional.of(file).filter(f -> f.startsWith(root) && Files.isRegularFile(f));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // no such file, or no path at all, such as one with a NUL
    }
  }

  private static void fail(OutputStream out, String status) throws IOException {
    byte[] text = (status + "\n").getBytes(UTF_8);
    begin(out, status, "text/plain", text.length);
    out.write(text);
  }

  private static void begin(OutputStream out, String status, String type, long length)
      throws IOException {
    String head =
        "HTTP/1.0 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, type, length);
    out.write(head.getBytes(ISO_8859_1));
  }
}
