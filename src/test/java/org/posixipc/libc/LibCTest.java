package org.posixipc.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.provider.jffi.NoX86;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.CMemory;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.KernelCall;

/** The raw calls alone, used as C uses them. */
class LibCTest {
  private static final LibC LIBC = Native.libc();

  static Stream<Method> methods() {
    return Stream.of(LibC.class, LinuxLibC.class, SpawnLibC.class, DarwinLibC.class)
        .flatMap(type -> Stream.of(type.getMethods()));
  }

  /**
   * What JNR binds as a plain native method; a sixth such argument would arrive as garbage, but for
   * NoX86.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void aCallHasFiveIntAndLongArgumentsAtMost(Method method) {
    List<Class<?>> plain = List.of(int.class, long.class);
    int most = method.getDeclaringClass().isAnnotationPresent(NoX86.class) ? 6 : 5;

    assertTrue(method.getParameterCount() <= most, method::toString);
    assertTrue(plain.containsAll(List.of(method.getParameterTypes())), method::toString);
    assertTrue(plain.contains(method.getReturnType()), method::toString);
  }

  @Test
  void bytesGoThroughAPipeAsInC() {
    try (CMemory fds = CMemory.allocate(8);
        CMemory out = CMemory.string("as in C");
        CMemory in = CMemory.allocate(100)) {
      assertEquals(0, LIBC.pipe(fds.address()));
      int reader = fds.bytes().getInt(0);
      int writer = fds.bytes().getInt(4);

      assertEquals(7, LIBC.write(writer, out.address(), 7));
      assertEquals(0, LIBC.close(writer));
      assertEquals(7, LIBC.read(reader, in.address(), 100));
      assertEquals("as in C", in.text(7));
      assertEquals(0, LIBC.read(reader, in.address(), 100), "end of file");
      assertEquals(0, LIBC.close(reader));
      assertError(Errno.EBADF, LIBC.close(reader));
    }
  }

  @Test
  void aPlainPipeIsInherited() {
    try (CMemory fds = CMemory.allocate(8)) {
      LIBC.pipe(fds.address());
      boolean kept = Descriptors.closeOnExec(fds.bytes().getInt(0));
      closeBoth(fds);

      assertEquals(false, kept);
    }
  }

  @Test
  void aBadAddressIsEfaultAndNoCrash() {
    try (CMemory fds = CMemory.allocate(8)) {
      assertError(Errno.EFAULT, LIBC.pipe(0));
      LIBC.pipe(fds.address());
      int writer = fds.bytes().getInt(4);

      assertError(Errno.EFAULT, LIBC.write(writer, 0, 1));
      assertEquals(0, LIBC.write(writer, 0, 0), "no bytes, no address needed");
      closeBoth(fds);
    }
  }

  @Test
  void aCountBelowZeroIsAnErrorAndNotAHugeOne() {
    try (CMemory fds = CMemory.allocate(8)) {
      LIBC.pipe(fds.address());

      long n = LIBC.write(fds.bytes().getInt(4), fds.address(), -1);
      int errno = Native.errno();
      closeBoth(fds);

      assertEquals(-1, n);
      assertTrue(List.of(Errno.EFAULT.intValue(), Errno.EINVAL.intValue()).contains(errno));
    }
  }

  @Test
  void readvAndWritevTakeArraysOfStructs() {
    try (CMemory fds = CMemory.allocate(8);
        CMemory iov = CMemory.allocate(48);
        CMemory bytes = CMemory.string("hello world");
        CMemory in = CMemory.allocate(11)) {
      LIBC.pipe(fds.address());
      iov.bytes().putLong(0, bytes.address()).putLong(8, 5);
      iov.bytes().putLong(16, 0).putLong(24, 0);
      iov.bytes().putLong(32, bytes.address() + 5).putLong(40, 6);

      assertEquals(11, LIBC.writev(fds.bytes().getInt(4), iov.address(), 3));
      iov.bytes().putLong(0, in.address() + 6).putLong(32, in.address());
      assertEquals(11, LIBC.readv(fds.bytes().getInt(0), iov.address(), 3));
      closeBoth(fds);

      assertEquals(" worldhello", in.text(11));
    }
  }

  @Test
  void dup2PutsACopyAtANumberAndDropsCloseOnExec() {
    try (CMemory fds = CMemory.allocate(8)) {
      LIBC.pipe(fds.address());
      int reader = fds.bytes().getInt(0);
      int copy = LIBC.dup(reader);
      int setFlags = Fcntl.F_SETFD.intValue();

      assertEquals(0, LIBC.fcntl(copy, setFlags, 1));
      assertEquals(copy, LIBC.dup2(copy, copy));
      assertTrue(Descriptors.closeOnExec(copy), "onto itself it does nothing");
      assertEquals(copy, LIBC.dup2(reader, copy));
      assertEquals(false, Descriptors.closeOnExec(copy));
      assertError(Errno.EBADF, LIBC.dup2(-1, copy));
      LIBC.close(copy);
      closeBoth(fds);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void dup3AndPipe2SetTheirFlagsInOneCall() {
    LinuxLibC linux = Native.linux();
    int closeOnExec = OpenFlags.O_CLOEXEC.intValue();
    int nonBlocking = OpenFlags.O_NONBLOCK.intValue();
    try (CMemory fds = CMemory.allocate(8)) {
      assertEquals(0, linux.pipe2(fds.address(), closeOnExec | nonBlocking));
      int reader = fds.bytes().getInt(0);
      int writer = fds.bytes().getInt(4);

      assertTrue(Descriptors.closeOnExec(reader));
      assertEquals(nonBlocking, LIBC.fcntl(reader, Fcntl.F_GETFL.intValue(), 0) & nonBlocking);
      assertEquals(writer, linux.dup3(reader, writer, 0));
      assertEquals(false, Descriptors.closeOnExec(writer));
      assertError(Errno.EINVAL, linux.dup3(reader, reader, 0));
      closeBoth(fds);
    }
  }

  @Test
  void aFileAndAFifoAreMadeByTheirPaths(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("file");
    Path fifo = folder.resolve("fifo");
    int create = OpenFlags.O_CREAT.intValue() | OpenFlags.O_WRONLY.intValue();
    try (CMemory fileName = CMemory.string(file.toString());
        CMemory fifoName = CMemory.string(fifo.toString())) {
      int fd = LIBC.open(fileName.address(), create, 0600);
      assertEquals(4, LIBC.write(fd, fileName.address(), 4));
      assertEquals(0, LIBC.close(fd));

      assertEquals(file.toString().substring(0, 4), Files.readString(file));
      assertEquals(0, LIBC.mkfifo(fifoName.address(), 0600));
      assertError(Errno.EEXIST, LIBC.mkfifo(fifoName.address(), 0600));
    }
  }

  @Test
  void pollTellsWhichDescriptorsAreReady() throws Exception {
    try (CMemory fds = CMemory.allocate(8);
        CMemory poll = CMemory.allocate(16)) {
      LIBC.pipe(fds.address());
      int reader = fds.bytes().getInt(0);
      int writer = fds.bytes().getInt(4);
      poll.bytes().putInt(0, reader).putShort(4, (short) 1);
      poll.bytes().putInt(8, writer).putShort(12, (short) 4);

      assertEquals(1, LIBC.poll(poll.address(), 2, -1), "room to write");
      assertEquals(0, poll.bytes().getShort(6));
      assertEquals(4, poll.bytes().getShort(14));
      assertEquals(0, LIBC.poll(poll.address(), 1, 0), "nothing to read");
      try (Background<Integer> waiting = Background.start(() -> LIBC.poll(poll.address(), 1, -1))) {
        waiting.awaitIn(KernelCall.POLL);
        LIBC.write(writer, fds.address(), 7);
        assertEquals(1, waiting.result());
      }
      closeBoth(fds);
    }
  }

  @Test
  void aHeapBufferHasNoAddress() {
    assertThrows(IllegalArgumentException.class, () -> Native.address(ByteBuffer.allocate(1)));
  }

  @Test
  void theAddressOfABufferIsThatOfItsNextByte() {
    try (CMemory memory = CMemory.allocate(10)) {
      ByteBuffer moved = memory.bytes().duplicate().position(3);

      assertEquals(memory.address() + 3, Native.address(moved));
      assertEquals(memory.address() + 3, Native.address(moved.slice()));
    }
  }

  private static void closeBoth(CMemory fds) {
    assertEquals(0, LIBC.close(fds.bytes().getInt(0)));
    assertEquals(0, LIBC.close(fds.bytes().getInt(4)));
  }

  private static void assertError(Errno errno, long result) {
    int number = Native.errno();
    assertEquals(-1, result);
    assertEquals(errno.intValue(), number);
  }
}
