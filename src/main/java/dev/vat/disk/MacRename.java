package dev.vat.disk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// `renamex_np` with `RENAME_EXCL` (macOS 10.12; the manual page rename(2) there). Volumes without
/// it answer ENOTSUP.
final class MacRename implements NoReplaceRename {
  private static final int RENAME_EXCL = 0x4;

  /// Bound at the first rename only: commands that place nothing do not pay for it.
  private static final class Bound {
    static final Optional<MethodHandle> RENAMEX_NP =
        PosixCall.find("renamex_np", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
  }

  @Override
  public Answer rename(Path source, Path target) throws IOException {
    if (Bound.RENAMEX_NP.isEmpty()) {
      return Answer.UNSUPPORTED;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = PosixCall.stateIn(arena);
      MemorySegment from = PosixCall.pathIn(arena, source);
      MemorySegment to = PosixCall.pathIn(arena, target);
      int result = call(Bound.RENAMEX_NP.get(), state, from, to);
      return result == 0 ? Answer.DONE : PosixCall.answerOf(state, source, target);
    }
  }

  private static int call(
      MethodHandle function, MemorySegment state, MemorySegment from, MemorySegment to) {
    try {
      return (int) function.invokeExact(state, from, to, RENAME_EXCL);
    } catch (Throwable impossible) {
      throw new AssertionError("a C function throws nothing", impossible);
    }
  }
}
