package dev.vat.staging;

/// Something that a person or another tool does in a simulation.
sealed interface Act {
  int NO_CUT = -1;

  enum Who {
    DAVID,
    JAN;

    String lower() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// @param size of the new content, which nobody has had before; 0 is the empty content
  record Edit(Who who, String name, int size) implements Act {}

  record Rename(Who who, String from, String to) implements Act {}

  record Delete(Who who, String name) implements Act {}

  record LoseState(Who who) implements Act {}

  /// Another tool puts an object.
  record Foreign(String name, How how, int size) implements Act {
    enum How {
      WITH_MD5,
      WITHOUT_MD5,
      /// In parts and without a word about its content.
      UNTELLABLE
    }
  }

  /// Something happens to metadata.json.
  record Harm(How how) implements Act {
    enum How {
      REMOVED,
      TRUNCATED,
      GARBAGE,
      OF_ANOTHER_PROJECT,
      ONE_ENTRY_SPOILT
    }
  }

  /// A command of somebody's.
  sealed interface Run extends Act {
    Who who();

    /// Before which step the process ends.
    int cutAt();
  }

  record Up(Who who, boolean again, int cutAt) implements Run {}

  record Down(Who who, int cutAt) implements Run {}

  record Decide(Who who, Keep keep, String name, boolean upwards, int cutAt) implements Run {}

  record Clean(Who who, boolean evenUnsaved, int cutAt) implements Run {}

  /// Before some step of a command, something else happens.
  record Meanwhile(Act run, int step, Act then) implements Act {}
}
