package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system calls that a program and its children made, as strace(1) saw them: how often each,
 * under the name that C has for it, with its flags.
 */
record SystemCalls(Map<String, Integer> counts) {
  /** Opening a path that begins so is a mark in the trace; behind it stands a section's name. */
  static final String MARK = "/same-work/";

  /** What any of the questions is about, and what would be work beside it. */
  private static final String TRACED =
      "accept,accept4,bind,clone,clone3,close,connect,dup,dup2,dup3,fcntl,fork,listen,open,openat,"
          + "pipe,pipe2,poll,ppoll,read,readv,recvfrom,recvmsg,sendmsg,sendto,setsockopt,shutdown,"
          + "socket,socketpair,vfork,wait4,waitid,write,writev";

  /** Where the kernel's call has another name, or the same call two. */
  private static final Map<String, String> NAMES =
      Map.of(
          "openat", "open",
          "sendto", "send",
          "recvfrom", "recv",
          "wait4", "waitpid",
          "ppoll", "poll");

  /** What sets something once: it is told with its arguments. */
  private static final Set<String> SETTING = Set.of("listen", "setsockopt", "F_SETPIPE_SZ");

  private static final Set<String> TRANSFERS =
      Set.of("read", "readv", "recv", "recvmsg", "send", "sendmsg", "write", "writev");

  /** Those of nobody: constants of strace's own, and the bit that says not to wait. */
  private static final Set<String> NO_FLAGS = Set.of("NULL", "AT_FDCWD", "MSG_DONTWAIT");

  private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (\\S+).*");
  private static final Pattern UNFINISHED = Pattern.compile("(.*?) *<unfinished \\.\\.\\.>");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"(\\.\\.\\.)?");
  private static final Pattern FLAG = Pattern.compile("\\b[A-Z][A-Z_0-9]+\\b");

  /** The words before a command whose calls go to {@code file}; only these calls are slowed. */
  static List<String> tracing(Path file) {
    return List.of(
        "strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=" + TRACED, "-o", file.toString());
  }

  /** All calls, by the mark that they come behind; {@code ""} is the section before the first. */
  static Map<String, SystemCalls> sections(Path file) throws IOException {
    Map<String, SystemCalls> sections = new LinkedHashMap<>();
    String section = "";
    for (String call : calls(Files.readAllLines(file, ISO_8859_1))) {
      int mark = call.indexOf(MARK);
      if (mark >= 0) {
        section = call.substring(mark + MARK.length(), call.indexOf('"', mark));
      } else {
        sections.computeIfAbsent(section, none -> new SystemCalls(new TreeMap<>())).note(call);
      }
    }
    return sections;
  }

  /** All calls behind the first {@code call}. */
  static SystemCalls since(String call, Path file) throws IOException {
    SystemCalls since = new SystemCalls(new TreeMap<>());
    calls(Files.readAllLines(file, ISO_8859_1)).stream()
        .dropWhile(line -> !line.startsWith(call))
        .forEach(since::note);
    return since;
  }

  /** Each call on one line, where it ended: while one waits others are told. */
  private static List<String> calls(List<String> lines) {
    Map<String, String> begun = new HashMap<>();
    List<String> calls = new ArrayList<>();
    for (String line : lines) {
      String thread = line.substring(0, line.indexOf(' '));
      String rest = line.substring(thread.length()).strip();
      Matcher unfinished = UNFINISHED.matcher(rest);
      Matcher resumed = RESUMED.matcher(rest);
      if (unfinished.matches()) {
        begun.put(thread, unfinished.group(1));
      } else {
        calls.add(resumed.matches() ? begun.getOrDefault(thread, "") + resumed.group(1) : rest);
      }
    }
    return calls;
  }

  private void note(String line) {
    Matcher call = CALL.matcher(line);
    if (call.matches()) {
      String key = key(call.group(1), call.group(2), call.group(3));
      if (!key.isEmpty()) {
        counts.merge(key, 1, Integer::sum);
      }
    }
  }

  /** The name with what makes the same call another one. */
  private static String key(String traced, String told, String result) {
    String name = NAMES.getOrDefault(traced, traced);
    String arguments = TEXT.matcher(told).replaceAll("");
    List<String> flags =
        FLAG.matcher(arguments).results().map(MatchResult::group).distinct().toList();
    if (name.equals("fork") || name.equals("vfork") || name.startsWith("clone")) {
      // A thread is no child; and glibc's way to start one is its own.
      return flags.contains("CLONE_THREAD") ? "" : "posix_spawn";
    }
    if (name.equals("waitpid")) {
      // Asking in vain is no waiting.
      return result.equals("0") ? "" : name;
    }
    if (SETTING.contains(name) || flags.stream().anyMatch(SETTING::contains)) {
      return name + arguments.replaceFirst("^\\d+,", "");
    }
    List<String> words = new ArrayList<>(List.of(name));
    flags.stream().filter(flag -> !NO_FLAGS.contains(flag)).forEach(words::add);
    if (TRANSFERS.contains(name)) {
      words.add("= " + result);
    }
    return String.join(" ", words);
  }

  /** What one of {@code operations} did. */
  Map<String, Integer> each(int operations) {
    return each(new SystemCalls(Map.of()), operations);
  }

  /** What one of {@code operations} did that this did more than {@code less}. */
  Map<String, Integer> each(SystemCalls less, int operations) {
    Map<String, Integer> each = new TreeMap<>();
    counts.forEach(
        (call, count) -> {
          double more = count - less.counts.getOrDefault(call, 0);
          each.put(call, (int) Math.round(more / operations));
        });
    each.values().removeIf(count -> count == 0);
    return each;
  }

  /** How often the kernel made {@code call}, whatever its flags. */
  int count(String call) {
    return only(key -> key.startsWith(call)).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Those that set something. */
  Map<String, Integer> settings() {
    return only(call -> SETTING.stream().anyMatch(call::contains));
  }

  private Map<String, Integer> only(Predicate<String> condition) {
    Map<String, Integer> some = new TreeMap<>(counts);
    some.keySet().removeIf(condition.negate());
    return some;
  }
}
