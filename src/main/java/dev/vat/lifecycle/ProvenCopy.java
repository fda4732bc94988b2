package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.disk.Digested;
import dev.vat.disk.FileIdentity;
import java.io.IOException;
import java.util.Optional;

/// A copy of a file that is proven, as far as its own place is concerned: that it has the very
/// content of the file that is to be released is still to be compared.
sealed interface ProvenCopy {
  OtherCopy copy();

  /// Equal for copies that are not apart from each other.
  Object volume();

  /// Whether it has that content.
  boolean has(Content here);

  /// Whether it still is what was proven.
  boolean isUnchanged();

  /// What a file that is held was found to be.
  ///
  /// @param sha256 where a copy in S3 has to be compared
  record Content(Digested read, Optional<Sha256> sha256) {}

  /// One that was read from its device.
  record OnDisk(OtherCopy.OnDisk copy, Object volume, DeviceProof proof) implements ProvenCopy {
    @Override
    public boolean has(Content here) {
      return proof.digests().equals(here.read.digests());
    }

    @Override
    public boolean isUnchanged() {
      try {
        return FileIdentity.of(copy.file()).equals(proof.identity());
      } catch (IOException gone) {
        return false;
      }
    }
  }

  /// One that S3 has.
  record InCloud(OtherCopy.InCloud copy) implements ProvenCopy {
    @Override
    public Object volume() {
      return copy.archive().volume();
    }

    @Override
    public boolean has(Content here) {
      return here.sha256.equals(Optional.of(copy.digest()));
    }

    @Override
    public boolean isUnchanged() {
      return copy.archive().holds();
    }
  }
}
