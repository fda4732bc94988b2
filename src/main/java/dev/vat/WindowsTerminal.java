package dev.vat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// Windows' console, and Git Bash's window, which is a pipe with a telling name. Structures and
/// constants after Microsoft's console API reference.
final class WindowsTerminal implements TerminalDevice {
  private static final int FILE_TYPE_PIPE = 3;
  private static final int FILE_NAME_INFO = 2;
  private static final int ENABLE_VIRTUAL_TERMINAL_PROCESSING = 4;
  private static final int MAX_PIPE_NAME = 512;

  /// Sizes and offsets in CONSOLE_SCREEN_BUFFER_INFO: window.left at 10, window.right at 14.
  private static final int SCREEN_INFO_BYTES = 22;

  private static final int WINDOW_LEFT = 10;
  private static final int WINDOW_RIGHT = 14;

  @Override
  public boolean isTerminal(int stream) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = handle(stream);
      return isConsole(arena, handle) || isGitBash(arena, handle);
    }
  }

  @Override
  public OptionalInt width() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SCREEN_INFO_BYTES, 4);
      for (int stream : new int[] {ERR, OUT}) {
        if (Kernel32.call("GetConsoleScreenBufferInfo", handle(stream), info) != 0) {
          int left = info.get(ValueLayout.JAVA_SHORT, WINDOW_LEFT);
          int right = info.get(ValueLayout.JAVA_SHORT, WINDOW_RIGHT);
          return right < left ? OptionalInt.empty() : OptionalInt.of(right - left + 1);
        }
      }
      return OptionalInt.empty();
    }
  }

  @Override
  public boolean ansi() {
    try (Arena arena = Arena.ofConfined()) {
      for (int stream : new int[] {OUT, ERR}) {
        MemorySegment handle = handle(stream);
        MemorySegment mode = arena.allocate(ValueLayout.JAVA_INT);
        if (Kernel32.call("GetConsoleMode", handle, mode) != 0) {
          int wanted = mode.get(ValueLayout.JAVA_INT, 0) | ENABLE_VIRTUAL_TERMINAL_PROCESSING;
          if (Kernel32.call("SetConsoleMode", handle, wanted) == 0) {
            return false;
          }
        }
      }
      return true;
    }
  }

  private static boolean isConsole(Arena arena, MemorySegment handle) {
    return Kernel32.call("GetConsoleMode", handle, arena.allocate(ValueLayout.JAVA_INT)) != 0;
  }

  /// mintty's pipes are called `\msys-1888ae32e00d56aa-pty0-to-master` and the like.
  private static boolean isGitBash(Arena arena, MemorySegment handle) {
    if (Kernel32.call("GetFileType", handle) != FILE_TYPE_PIPE) {
      return false;
    }
    MemorySegment info = arena.allocate(4 + MAX_PIPE_NAME, 4);
    if (Kernel32.call(
            "GetFileInformationByHandleEx", handle, FILE_NAME_INFO, info, 4 + MAX_PIPE_NAME)
        == 0) {
      return false;
    }
    int bytes = Math.clamp(info.get(ValueLayout.JAVA_INT, 0), 0, MAX_PIPE_NAME);
    String name =
        new String(
            info.asSlice(4, bytes).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_16LE);
    return name.matches("\\\\(msys|cygwin)-[0-9a-f]+-pty[0-9]+-(to|from)-master.*");
  }

  /// STD_INPUT_HANDLE is -10, output -11, error -12.
  private static MemorySegment handle(int stream) {
    return Kernel32.handle(-10 - stream);
  }
}
