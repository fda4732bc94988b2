package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.project.RelativeName;
import dev.vat.project.TravelProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Why a file, or everything that was left, was not copied. Whatever was copied before stays and
/// need not be copied again.
public sealed interface CopyProblem {
  /// What, why and what next, in words for users.
  String message();

  /// Whether it would meet every other file as well: nothing more was begun.
  default boolean endsEverything() {
    return false;
  }

  /// Whether it shows that what lies at the target is not what its checksum history says.
  default boolean showsDamagedCopy() {
    return false;
  }

  /// The source is not what it was when it was listed, or was written to while it was read (design
  /// 7.9).
  record SourceChanged(RelativeName name, String reason) implements CopyProblem {
    @Override
    public String message() {
      return name + " is not copied yet: " + reason + ". Run again when nothing writes to it";
    }
  }

  /// The source cannot be read, or its copy cannot be written, for a reason of this file's own.
  record Failed(RelativeName name, String reason) implements CopyProblem {
    @Override
    public String message() {
      return name + " could not be copied: " + reason;
    }
  }

  /// The drive cannot hold the name, or not beside the other ones.
  record NameRefused(TravelProblem problem) implements CopyProblem {
    @Override
    public String message() {
      return problem.message() + ". " + problem.remedy();
    }
  }

  /// Something with that name and another content is there already. It was left alone, and one of
  /// the two has to go out of the other's way.
  sealed interface Conflict extends CopyProblem {
    RelativeName name();

    /// The file that is there, spelled as on its disk.
    Path target();
  }

  /// One of two files with the same name.
  ///
  /// @param content what was read of it; empty when the sizes told enough
  record Version(Instant modifiedAt, Optional<FileDigests> content) {
    static Version read(Digested one) {
      return new Version(one.stamp().modifiedAt(), Optional.of(one.digests()));
    }
  }

  /// Either may be the one that is wanted.
  record Different(RelativeName name, Path target, Version here, Version there)
      implements Conflict {
    @Override
    public String message() {
      return name
          + " is there already with another content ("
          + target
          + "; modified "
          + there.modifiedAt().truncatedTo(ChronoUnit.SECONDS)
          + ", the one here "
          + here.modifiedAt().truncatedTo(ChronoUnit.SECONDS)
          + "); nothing was overwritten";
    }
  }

  /// The checksum history that lies there has another content than one of the two, or than both,
  /// and the times show that nobody wrote to it since: it is damaged, and no version of anybody.
  record KnownDamaged(RelativeName name, Path target, Side side) implements Conflict {
    /// Which one is damaged.
    public enum Side {
      HERE,
      THERE,
      BOTH
    }

    @Override
    public boolean showsDamagedCopy() {
      return side != Side.HERE;
    }

    @Override
    public String message() {
      return switch (side) {
        case HERE ->
            name
                + " is damaged where it was to be copied from: it is not what a checksum history"
                + " says, though nobody wrote to it since. The copy ("
                + target
                + ") is another one. Nothing was overwritten";
        case THERE ->
            "the copy of "
                + name
                + " ("
                + target
                + ") is damaged: it is not what a checksum history says, though nobody wrote to it"
                + " since. Nothing was overwritten";
        case BOTH ->
            name
                + " is damaged where it was to be copied from and in the copy ("
                + target
                + "): neither is what a checksum history says, though nobody wrote to them since."
                + " Nothing was overwritten";
      };
    }
  }

  /// A checksum history of the project says that it was another one, to which nobody wrote since:
  /// it was not copied.
  record DamagedHere(RelativeName name) implements CopyProblem {
    @Override
    public String message() {
      return name
          + " is damaged where it was to be copied from: it is not what a checksum history of the"
          + " project says, though nobody wrote to it since. It was not copied: look for a good one"
          + " in another copy, in .vat-kept or beside the copies on drives";
    }
  }

  /// A link, or a file where a folder has to be: nothing is copied through it.
  record InTheWay(RelativeName name, Path path) implements CopyProblem {
    @Override
    public String message() {
      return name + " cannot be copied: " + path + " is in its way. Move that elsewhere";
    }
  }

  /// What was read back is not what was written: the drive or its cable cannot be trusted.
  record Damaged(RelativeName name) implements CopyProblem {
    @Override
    public String message() {
      return name
          + " came back from the drive with another content than was written. The damaged copy was"
          + " not kept. Check the drive and its cable, then run again";
    }
  }

  /// What an earlier run had copied and proven has another content than the source by now, and
  /// neither was written to since. Both are left alone: either may be the good one.
  record OneIsDamaged(RelativeName name, Path target) implements CopyProblem {
    @Override
    public String message() {
      return name
          + " and its copy, which an earlier run had proven, differ by now, though nobody wrote to"
          + " either: one of the two disks damaged it. Nothing was overwritten. Look which one is"
          + " good (the copy is "
          + target
          + "), move the other one away, and run again";
    }
  }

  /// In the temporary folder of a copy that was cut lies a file that the project does not have (any
  /// more), with a content that no file of the copy has. It is left for somebody to look at.
  record Leftover(Path path) implements CopyProblem {
    @Override
    public String message() {
      return path
          + " was left by an earlier copy, and no file of the project has its content. Move it to"
          + " where it belongs, or delete it, then run again";
    }
  }

  /// It does not fit, or the drive got full.
  record DiskFull(FreeSpace space) implements CopyProblem {
    @Override
    public String message() {
      return space.message() + ". What was copied so far is kept: run again to go on";
    }

    @Override
    public boolean endsEverything() {
      return true;
    }
  }

  /// The drive is not there any more: unplugged, or its mount folder shows another one.
  record TargetGone(Path folder) implements CopyProblem {
    @Override
    public String message() {
      return "the drive with "
          + folder
          + " is not there any more. Plug it in and run again: what was copied so far is kept";
    }

    @Override
    public boolean endsEverything() {
      return true;
    }
  }

  /// Nothing can be written there.
  record NotWritable(Path folder, String reason) implements CopyProblem {
    @Override
    public String message() {
      return "nothing can be written in "
          + folder
          + ": "
          + reason
          + ". Is the drive write-protected, or formatted for another system?";
    }

    @Override
    public boolean endsEverything() {
      return true;
    }
  }
}
