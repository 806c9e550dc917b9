/** What a source and a destination are. */
module io.weir.connector.spi {
    requires static transitive org.jspecify;

    exports io.weir.connector;
    exports io.weir.connector.source;
    exports io.weir.connector.destination;
}
