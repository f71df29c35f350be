package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user learns from a failed call. */
class PosixExceptionTest {
  @Test
  void itsTextNamesTheCallItsSubjectAndTheReason() {
    PosixException e = new PosixException("bind", "unix:/run/x.sock", Errno.EADDRINUSE.intValue());

    assertEquals("bind(unix:/run/x.sock): Address already in use (EADDRINUSE)", e.getMessage());
    assertEquals("bind", e.call());
    assertEquals("unix:/run/x.sock", e.subject());
    assertEquals(Errno.EADDRINUSE, e.errno());
    assertEquals(Errno.EADDRINUSE.intValue(), e.errnoNumber());
  }

  @ParameterizedTest
  @ValueSource(ints = {9999, 512, 0, -1, Integer.MIN_VALUE})
  void aNumberWithoutANameIsKept(int number) {
    PosixException e = new PosixException("call", "", number);

    assertEquals(number, e.errnoNumber());
    assertEquals(Errno.__UNKNOWN_CONSTANT__, e.errno());
    assertEquals("call(): errno " + number, e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorOfThisSystemIsItself(Errno errno) {
    if (errno.defined()) {
      PosixException e = new PosixException("call", "", errno.intValue());

      assertTrue(e.is(errno));
      assertEquals(errno.intValue(), e.errno().intValue());
    } else {
      assertFalse(new PosixException("call", "", 1).is(errno));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EAGAIN", "EDEADLK", "EOPNOTSUPP", "EPIPE", "EINTR"})
  void ofTwoNamesForANumberItIsTheOneOfTheManPages(Errno errno) {
    assertEquals(errno, new PosixException("call", "", errno.intValue()).errno());
  }

  @Test
  void bothNamesOfANumberAreRecognized() {
    PosixException e = new PosixException("read", "fd 5", Errno.EAGAIN.intValue());

    assertTrue(e.is(Errno.EWOULDBLOCK));
    assertTrue(e.is(Errno.EAGAIN));
    assertFalse(e.is(Errno.EINTR));
  }

  @Test
  void itSurvivesSerialization() throws Exception {
    PosixException before = new PosixException("read", "fd 5", Errno.EIO.intValue());

    PosixException after = (PosixException) copy(before);

    assertEquals(before.getMessage(), after.getMessage());
    assertEquals(Errno.EIO, after.errno());
    assertEquals("fd 5", after.subject());
  }

  private static Object copy(Object original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
