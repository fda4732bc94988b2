package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.Places;
import dev.vat.disk.SmallFile;
import dev.vat.disk.Volumes;
import dev.vat.lifecycle.Drives;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.lifecycle.Survey;
import dev.vat.project.FileKinds;
import dev.vat.settings.Limits;
import dev.vat.settings.RepositoryName;
import dev.vat.settings.SsdBase;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A repository's manifest and the drives that it tells of, for commands.
///
/// @param drives finds them
/// @param file the manifest
/// @param places what the manifest says of this computer
record KnownDrives(Drives drives, CatalogFile file, Places places) {
  /// By the settings of the repository.
  static KnownDrives of(Invocation invocation, CurrentRepository context) {
    return of(invocation, context, invocation.services().volumes());
  }

  /// The same for a mere look, which must be fast: drives are told apart by their id files alone.
  static KnownDrives forLooking(Invocation invocation, CurrentRepository context) {
    return of(invocation, context, invocation.services().volumes().quick());
  }

  private static KnownDrives of(Invocation invocation, CurrentRepository context, Volumes volumes) {
    Path root = context.repository().root();
    Optional<Path> base = SsdBase.ifSet(context.settings()).map(SsdBase::path);
    boolean sameDiskOk = new Limits(context.settings()).ssdSameDiskOk();
    return new KnownDrives(
        new Drives(
            root,
            RepositoryName.orFolder(context.settings(), root),
            base,
            sameDiskOk,
            volumes,
            invocation.surroundings().clock()),
        new CatalogFile(root, SmallFile::replace),
        new Places(root.toString(), base.map(Path::toString)));
  }

  /// A look at every place that can be looked at now.
  PlacesLook look(Invocation invocation, CurrentRepository context) {
    return new PlacesLook(
        drives,
        new Survey(
            context.repository(),
            new FileKinds(new Limits(context.settings()).heavyFileBytes()),
            invocation.console().progress()));
  }

  /// Changes the manifest, alone with it.
  ///
  /// @param what the command, told to whoever finds the manifest locked
  /// @return what was written
  static Catalog update(
      Invocation invocation, CurrentRepository context, String what, UnaryOperator<Catalog> change)
      throws IOException {
    KnownDrives known = of(invocation, context);
    try (ProjectLock _ =
        ProjectLock.takeManifest(context.stateFolder(), what, invocation.surroundings().clock())) {
      return known.file.update(known.places, change);
    }
  }

  /// Why a command cannot go on without the drive.
  static CommandFailure failure(Located.Unusable drive) {
    String message = drive.message();
    boolean usage =
        switch (drive) {
          case Located.NotSet _, Located.NoSuchDrive _, Located.SameName _ -> true;
          case Located.Unusable _ -> false;
        };
    ExitCode exit =
        usage ? ExitCode.USAGE : drive.needsDecision() ? ExitCode.CONFLICT : ExitCode.UNAVAILABLE;
    return new CommandFailure(
        exit,
        usage ? "unknown_drive" : "drive_unavailable",
        Printable.of(message.endsWith(".") ? message.substring(0, message.length() - 1) : message),
        Printable.of(drive.remedy()));
  }
}
