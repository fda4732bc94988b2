package dev.vat.disk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// What the calls into the C library of Linux and macOS share: how paths are written there, and how
/// `errno` is read.
final class PosixCall {
  // The same numbers on both systems (errno.h), where no system is named.
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int EEXIST = 17;
  private static final int EXDEV = 18;
  private static final int EINVAL = 22;
  private static final int LINUX_ENOSYS = 38;
  private static final int LINUX_EOPNOTSUPP = 95;
  private static final int MAC_ENOTSUP = 45;
  private static final int MAC_ENOSYS = 78;
  private static final int MAC_EOPNOTSUPP = 102;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

  private PosixCall() {}

  /// @return the function, whose first argument is then the segment that takes `errno`; empty where
  ///     the C library does not have it
  static Optional<MethodHandle> find(String function, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(function)
        .map(
            address ->
                linker.downcallHandle(address, shape, Linker.Option.captureCallState("errno")));
  }

  static MemorySegment stateIn(Arena arena) {
    return arena.allocate(STATE);
  }

  /// The path as the JDK itself hands it to the system.
  static MemorySegment pathIn(Arena arena, Path path) {
    return arena.allocateFrom(path.toAbsolutePath().toString(), NAMES);
  }

  /// Reads what a rename left in `errno`.
  static NoReplaceRename.Answer answerOf(MemorySegment state, Path source, Path target)
      throws IOException {
    int errno = (int) ERRNO.get(state, 0L);
    return switch (errno) {
      case EEXIST -> NoReplaceRename.Answer.TAKEN;
      case EINVAL, LINUX_ENOSYS, LINUX_EOPNOTSUPP, MAC_ENOTSUP, MAC_ENOSYS, MAC_EOPNOTSUPP ->
          NoReplaceRename.Answer.UNSUPPORTED;
      case EXDEV -> throw new AcrossFileSystemsException(source, target);
      case ENOENT ->
          throw new NoSuchFileException(
              source.toString(), target.toString(), "the file or the folder is not there");
      case EPERM, EACCES ->
          throw new AccessDeniedException(source.toString(), target.toString(), words(errno));
      default -> throw new FileSystemException(source.toString(), target.toString(), words(errno));
    };
  }

  /// The system's own words for an error number.
  private static String words(int errno) {
    Linker linker = Linker.nativeLinker();
    MethodHandle strerror =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("strerror"),
            FunctionDescriptor.of(ADDRESS, JAVA_INT));
    try {
      MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
      return text.reinterpret(1024).getString(0) + " (errno " + errno + ")";
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
