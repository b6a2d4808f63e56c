"""Object detection in one look (YOLO): loss, network, drawn scenes, two skills."""
