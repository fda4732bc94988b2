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

/// `renameat2` with `RENAME_NOREPLACE` (Linux 3.15, glibc 2.28; the manual page rename(2)). File
/// systems without it answer EINVAL.
final class LinuxRename implements NoReplaceRename {
  private static final int AT_FDCWD = -100;
  private static final int RENAME_NOREPLACE = 1;

  /// Bound at the first rename only: commands that place nothing do not pay for it.
  private static final class Bound {
    static final Optional<MethodHandle> RENAMEAT2 =
        PosixCall.find(
            "renameat2",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
  }

  @Override
  public Answer rename(Path source, Path target) throws IOException {
    if (Bound.RENAMEAT2.isEmpty()) {
      return Answer.UNSUPPORTED;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = PosixCall.stateIn(arena);
      MemorySegment from = PosixCall.pathIn(arena, source);
      MemorySegment to = PosixCall.pathIn(arena, target);
      int result = call(Bound.RENAMEAT2.get(), state, from, to);
      return result == 0 ? Answer.DONE : PosixCall.answerOf(state, source, target);
    }
  }

  private static int call(
      MethodHandle function, MemorySegment state, MemorySegment from, MemorySegment to) {
    try {
      return (int) function.invokeExact(state, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    } catch (Throwable impossible) {
      throw new AssertionError("a C function throws nothing", impossible);
    }
  }
}
