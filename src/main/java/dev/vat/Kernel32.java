package dev.vat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// Calls into Windows' kernel32: 32-bit numbers and pointers in, one of them out.
final class Kernel32 {
  private Kernel32() {}

  /// @param function one that returns a BOOL or DWORD
  /// @param arguments each an Integer or a MemorySegment
  static int call(String function, Object... arguments) {
    return (int) invoke(function, ValueLayout.JAVA_INT, arguments);
  }

  /// GetStdHandle.
  static MemorySegment handle(int number) {
    return (MemorySegment) invoke("GetStdHandle", ValueLayout.ADDRESS, number);
  }

  private static Object invoke(String function, MemoryLayout result, Object... arguments) {
    MemoryLayout[] layouts =
        Arrays.stream(arguments)
            .map(a -> a instanceof Integer ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS)
            .toArray(MemoryLayout[]::new);
    MemorySegment address =
        SymbolLookup.libraryLookup("kernel32", Arena.global()).findOrThrow(function);
    MethodHandle handle =
        Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(result, layouts));
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable fault) {
      throw new IllegalStateException(function, fault);
    }
  }
}
