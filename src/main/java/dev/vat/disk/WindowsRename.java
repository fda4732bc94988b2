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
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// `MoveFileExW` without `MOVEFILE_REPLACE_EXISTING`, and without `MOVEFILE_COPY_ALLOWED` so that
/// it never becomes a copy; it returns when the rename is on the disk (Windows API reference,
/// winbase.h).
final class WindowsRename implements NoReplaceRename {
  private static final int MOVEFILE_WRITE_THROUGH = 8;
  // System error codes, winerror.h.
  private static final int ERROR_FILE_NOT_FOUND = 2;
  private static final int ERROR_PATH_NOT_FOUND = 3;
  private static final int ERROR_ACCESS_DENIED = 5;
  private static final int ERROR_NOT_SAME_DEVICE = 17;
  private static final int ERROR_SHARING_VIOLATION = 32;
  private static final int ERROR_FILE_EXISTS = 80;
  private static final int ERROR_CALL_NOT_IMPLEMENTED = 120;
  private static final int ERROR_ALREADY_EXISTS = 183;

  /// Bound at the first rename only: commands that place nothing do not pay for it.
  private static final class Bound {
    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle LAST_ERROR =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("GetLastError"));
    static final MethodHandle MOVE_FILE_EX =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup("kernel32", Arena.global()).findOrThrow("MoveFileExW"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
                Linker.Option.captureCallState("GetLastError"));
  }

  @Override
  public Answer rename(Path source, Path target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Bound.STATE);
      MemorySegment from = arena.allocateFrom(longForm(source), StandardCharsets.UTF_16LE);
      MemorySegment to = arena.allocateFrom(longForm(target), StandardCharsets.UTF_16LE);
      if (call(state, from, to) != 0) {
        return Answer.DONE;
      }
      return answerOf((int) Bound.LAST_ERROR.get(state, 0L), source, target);
    }
  }

  private static int call(MemorySegment state, MemorySegment from, MemorySegment to) {
    try {
      return (int) Bound.MOVE_FILE_EX.invokeExact(state, from, to, MOVEFILE_WRITE_THROUGH);
    } catch (Throwable impossible) {
      throw new AssertionError("a Windows function throws nothing", impossible);
    }
  }

  private static Answer answerOf(int code, Path source, Path target) throws IOException {
    return switch (code) {
      case ERROR_ALREADY_EXISTS, ERROR_FILE_EXISTS -> Answer.TAKEN;
      case ERROR_CALL_NOT_IMPLEMENTED -> Answer.UNSUPPORTED;
      case ERROR_NOT_SAME_DEVICE -> throw new AcrossFileSystemsException(source, target);
      case ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND ->
          throw new NoSuchFileException(
              source.toString(), target.toString(), "the file or the folder is not there");
      case ERROR_ACCESS_DENIED ->
          throw new AccessDeniedException(
              source.toString(), target.toString(), "Windows does not allow it");
      case ERROR_SHARING_VIOLATION ->
          throw new FileSystemException(
              source.toString(), target.toString(), "another program has the file open");
      default ->
          throw new FileSystemException(
              source.toString(), target.toString(), "Windows system error " + code);
    };
  }

  /// The form that is not limited to 260 characters.
  static String longForm(Path path) {
    String text = path.toAbsolutePath().normalize().toString();
    if (text.startsWith("\\\\?\\")) {
      return text;
    }
    return text.startsWith("\\\\") ? "\\\\?\\UNC\\" + text.substring(2) : "\\\\?\\" + text;
  }
}
