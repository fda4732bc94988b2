package dev.vat.lifecycle;

import dev.vat.catalog.BaseOwnerFile;
import dev.vat.catalog.DriveLabel;
import dev.vat.catalog.KnownDrive;
import dev.vat.disk.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What was found when a drive was looked for. Only what is [Readable] may be looked at, and only
/// what is [Connected] may be written to: an existing folder at the right path is not yet the
/// drive.
public sealed interface Located {

  /// Its folder may be looked at.
  sealed interface Readable extends Located {
    /// Absolute; exists.
    Path base();

    DriveLabel label();

    /// What is known of it now: its path, volume and space. When it was seen is the caller's to
    /// say.
    KnownDrive drive();

    Volume volume();

    /// Whether it is the repository's own disk, allowed for trials by `SSD_SAME_DISK_OK=1`. Such a
    /// copy never justifies that anything is released, except in the demo (design 7.1).
    boolean onRepositoryVolume();
  }

  /// It shows its id file: it is this drive.
  ///
  record Connected(
      KnownDrive drive, DriveLabel label, Path base, Volume volume, boolean onRepositoryVolume)
      implements Readable {}

  /// A drive without an id file at a path where none is expected yet. [Drives#adopt] gives it one.
  ///
  /// @param label what its id file would say
  record Unmarked(
      KnownDrive drive, DriveLabel label, Path base, Volume volume, boolean onRepositoryVolume)
      implements Readable {}

  /// It cannot be used now.
  sealed interface Unusable extends Located {
    /// What is the matter, a whole sentence for users.
    String message();

    /// What to do, for users.
    String remedy();

    /// Whether a person has to decide something; else the drive is merely not available.
    default boolean needsDecision() {
      return false;
    }
  }

  /// `SSD_BASE` has no value.
  record NotSet() implements Unusable {
    @Override
    public String message() {
      return "SSD_BASE is not set, so no SSD is known.";
    }

    @Override
    public String remedy() {
      return "set it to the folder on the SSD (vat config shows how)";
    }
  }

  /// No known drive goes by that name.
  ///
  /// @param names of those that are known
  record NoSuchDrive(String given, List<String> names) implements Unusable {
    public NoSuchDrive {
      names = List.copyOf(names);
    }

    @Override
    public String message() {
      return "No drive is called " + given + ".";
    }

    @Override
    public String remedy() {
      return names.isEmpty()
          ? "no drive is known yet: vat drives add PATH"
          : "known are: " + String.join(", ", names) + ". A new one: vat drives add PATH";
    }
  }

  /// Several known drives go by that name.
  record SameName(String given, List<KnownDrive> drives) implements Unusable {
    public SameName {
      drives = List.copyOf(drives);
    }

    @Override
    public String message() {
      return drives.size() + " drives are called " + given + ".";
    }

    @Override
    public String remedy() {
      return "say which by its id ("
          + String.join(", ", drives.stream().map(drive -> drive.id().value()).toList())
          + "), or give one another name: vat drives rename";
    }
  }

  /// It is nowhere to be seen.
  ///
  /// @param drive empty when none is known by its id yet
  /// @param path where it was looked for first
  record NotConnected(Optional<KnownDrive> drive, Path path) implements Unusable {
    @Override
    public String message() {
      return drive
          .map(
              known ->
                  known.name()
                      + " is not connected"
                      + known
                          .lastSeenAt()
                          .map(at -> " (last seen " + at.toString().substring(0, 10) + ")")
                          .orElse("")
                      + ".")
          .orElse("The SSD is not connected: there is no folder " + path + ".");
    }

    @Override
    public String remedy() {
      return drive.isPresent() ? "plug it in" : "plug it in, or correct SSD_BASE (vat config)";
    }
  }

  /// The folder is on a disk of this computer: what is left of a mount, or a wrong path.
  record OnOwnDisk(Path base) implements Unusable {
    @Override
    public String message() {
      return base
          + " is on the same volume as the repository, so it is not the SSD (is the drive not"
          + " connected?).";
    }

    @Override
    public String remedy() {
      return "plug the drive in, or correct the path; to try things on one disk: SSD_SAME_DISK_OK=1";
    }
  }

  /// An empty place where drives are mounted, on the computer's own disk.
  record StaleMount(Path base) implements Unusable {
    @Override
    public String message() {
      return base + " is only what a drive has left behind on this computer's own disk.";
    }

    @Override
    public String remedy() {
      return "plug the drive in. If it then is mounted under another name, remove that folder first"
          + " (when you have looked that nothing of yours is in it)";
    }
  }

  /// Nothing of what an older manifest tells to be on the SSD is there.
  record Strange(Path base) implements Unusable {
    @Override
    public String message() {
      return base
          + " holds none of the projects that the SSD is known to hold: another drive, or an empty"
          + " folder in its place?";
    }

    @Override
    public String remedy() {
      return "plug the SSD in; if this is the SSD now: vat manifest --new-ssd";
    }
  }

  /// A drive is known, and what is at its path shows no id file.
  ///
  /// @param sameVolume whether the system says that it is its file system nevertheless
  record NoIdFile(KnownDrive expected, Path base, boolean sameVolume) implements Unusable {
    @Override
    public String message() {
      return sameVolume
          ? base
              + " is on the volume of "
              + expected.name()
              + ", and its id file (.vat-drive.json) is gone."
          : base
              + " does not show that it is on "
              + expected.name()
              + ": another drive, or an empty folder in its place?";
    }

    @Override
    public String remedy() {
      return sameVolume
          ? "if you know that it is the drive, have it written again: vat drives add " + base
          : "plug in "
              + expected.name()
              + ". If this is the SSD from now on: vat manifest --new-ssd; if it is one more drive:"
              + " vat drives add "
              + base;
    }
  }

  /// Another drive is at its path.
  ///
  /// @param found what that one says of itself
  record AnotherDrive(KnownDrive expected, DriveLabel found, Path base) implements Unusable {
    @Override
    public String message() {
      return "At " + base + " is the drive " + found.name() + ", not " + expected.name() + ".";
    }

    @Override
    public String remedy() {
      return "plug in "
          + expected.name()
          + ". If "
          + found.name()
          + " is the SSD from now on: vat manifest --new-ssd";
    }
  }

  /// Two volumes show the same id, or one shows it that is not the volume that it was: one of them
  /// is a copy of the other.
  ///
  /// @param places where the id was found
  record Cloned(KnownDrive drive, List<Path> places) implements Unusable {
    public Cloned {
      places = List.copyOf(places);
    }

    @Override
    public String message() {
      return places.size() > 1
          ? "Several drives show the id of "
              + drive.name()
              + ": "
              + String.join(", ", places.stream().map(Path::toString).toList())
              + ". Copies of a drive's whole content are copies of its id."
          : places.getFirst()
              + " shows the id of "
              + drive.name()
              + ", and is another volume: a copy of that drive, or the drive formatted anew?";
    }

    @Override
    public String remedy() {
      return "give the one that is not "
          + drive.name()
          + " an id of its own: vat drives add PATH --new-id"
          + (places.size() > 1 ? ", or unplug it" : "");
    }

    @Override
    public boolean needsDecision() {
      return true;
    }
  }

  /// The folder has the copies of another repository, whose projects may have the same ids.
  ///
  /// @param owner that one's name, as it was written there
  /// @param name this one's
  record OfAnotherRepository(Path base, String owner, String name) implements Unusable {
    @Override
    public String message() {
      return base
          + " has the copies of "
          + owner
          + ", and this is "
          + name
          + ": projects of the same id would get mixed up.";
    }

    @Override
    public String remedy() {
      return "give this repository a folder of its own on the drive (SSD_BASE); if "
          + owner
          + " is only its earlier name, remove "
          + base.resolve(BaseOwnerFile.NAME);
    }

    @Override
    public boolean needsDecision() {
      return true;
    }
  }

  /// The drive is there, and its folder is not.
  record NoFolder(KnownDrive drive, Path base) implements Unusable {
    @Override
    public String message() {
      return drive.name() + " is connected, and has no folder " + base + " (any more).";
    }

    @Override
    public String remedy() {
      return "give the folder its name back, or tell where it is now: vat drives add PATH";
    }
  }

  /// Something is in the id file's place that is none.
  record BadIdFile(Path base, String why) implements Unusable {
    @Override
    public String message() {
      return why + ".";
    }

    @Override
    public String remedy() {
      return "look at that file; if nobody needs it, move it away and run this again";
    }

    @Override
    public boolean needsDecision() {
      return true;
    }
  }

  /// It cannot be given an id file.
  record CannotMark(Path base, String why) implements Unusable {
    @Override
    public String message() {
      return "vat cannot write its id file (.vat-drive.json) to the drive with "
          + base
          + ": "
          + why
          + ".";
    }

    @Override
    public String remedy() {
      return "is the drive write-protected, or formatted for another system? (A Mac only reads"
          + " NTFS.)";
    }
  }

  /// The system did not say what is there.
  record CannotTell(Path base, String why) implements Unusable {
    @Override
    public String message() {
      return base + " cannot be looked at: " + why + ".";
    }

    @Override
    public String remedy() {
      return "plug the drive out and in again; check its cable";
    }
  }
}
