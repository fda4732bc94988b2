package dev.vat.mhl;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/// The published schemas of ASC MHL 2.0, without network.
public final class MhlSchemas {
  private final Schema manifest;
  private final Schema chain;

  public MhlSchemas() throws SAXException {
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
    factory.setResourceResolver((_, _, _, _, _) -> input("ASCMHL.xsd"));
    manifest = factory.newSchema(resource("ASCMHL.xsd"));
    chain = factory.newSchema(resource("ASCMHLDirectory.xsd"));
  }

  public void manifest(Path file) throws IOException, SAXException {
    manifest.newValidator().validate(new StreamSource(file.toFile()));
  }

  public void chain(Path file) throws IOException, SAXException {
    chain.newValidator().validate(new StreamSource(file.toFile()));
  }

  /// How a chain names the checksum of a manifest.
  public static String c4(byte[] manifest) {
    return C4.ofBytes(manifest).text();
  }

  private static URL resource(String name) {
    return MhlSchemas.class.getResource(name);
  }

  private static LSInput input(String name) {
    try {
      DOMImplementationLS dom =
          (DOMImplementationLS)
              DOMImplementationRegistry.newInstance().getDOMImplementation("LS 3.0");
      LSInput input = dom.createLSInput();
      InputStream stream = MhlSchemas.class.getResourceAsStream(name);
      input.setByteStream(stream);
      return input;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
