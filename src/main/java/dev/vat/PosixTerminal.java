package dev.vat;

import dev.vat.cli.OperatingSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/// Linux and macOS. Java's own `System.console()` answers for input and output together only.
final class PosixTerminal implements TerminalDevice {
  private static final long TIOCGWINSZ_LINUX = 0x5413;
  private static final long TIOCGWINSZ_MAC = 0x40087468;

  private final OperatingSystem system;

  PosixTerminal(OperatingSystem system) {
    this.system = system;
  }

  @Override
  public boolean isTerminal(int stream) {
    // A call into the C library costs a first caller 25 to 70 ms; a link is read in one.
    Path link = Path.of("/proc/self/fd/" + stream);
    if (system == OperatingSystem.LINUX && Files.isSymbolicLink(link)) {
      try {
        String device = Files.readSymbolicLink(link).toString();
        return device.startsWith("/dev/pts/")
            || device.startsWith("/dev/tty")
            || device.equals("/dev/console");
      } catch (IOException closed) {
        return false;
      }
    }
    return isatty(stream);
  }

  private static boolean isatty(int stream) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle isatty =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("isatty"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      return (int) isatty.invokeExact(stream) == 1;
    } catch (Throwable fault) {
      throw new IllegalStateException("isatty", fault);
    }
  }

  @Override
  public OptionalInt width() {
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MethodHandle ioctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      long request = system == OperatingSystem.MAC ? TIOCGWINSZ_MAC : TIOCGWINSZ_LINUX;
      // struct winsize: rows, columns, and two unused, each 16 bits.
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      for (int stream : new int[] {ERR, OUT}) {
        if ((int) ioctl.invokeExact(stream, request, size) == 0) {
          int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
          return columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
        }
      }
      return OptionalInt.empty();
    } catch (Throwable fault) {
      throw new IllegalStateException("ioctl TIOCGWINSZ", fault);
    }
  }

  /// Every terminal in use does; `TERM=dumb` says that it does not, and is looked at elsewhere.
  @Override
  public boolean ansi() {
    return true;
  }
}
