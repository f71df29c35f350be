package org.posixipc.internal.abi;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * {@code struct ucred} of Linux, {@code struct xucred} of macOS: who a process is.
 *
 * @param size the struct's size
 * @param pid where the process number is, if it is in the struct
 * @param uid where the user number is
 * @param gid where the group number is
 */
public record Credentials(int size, OptionalInt pid, int uid, int gid) {
  /** Writes a struct that has all three. */
  public void put(ByteBuffer structs, int at, int processId, int userId, int groupId) {
    structs.putInt(at + pid.orElseThrow(), processId);
    structs.putInt(at + uid, userId);
    structs.putInt(at + gid, groupId);
  }

  /** The user's number of the struct at {@code at}. */
  public int userId(ByteBuffer structs, int at) {
    return structs.getInt(at + uid);
  }

  /** The group's number of the struct at {@code at}. */
  public int groupId(ByteBuffer structs, int at) {
    return structs.getInt(at + gid);
  }
}
