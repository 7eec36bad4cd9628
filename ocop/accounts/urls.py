from django.urls import path

from ocop.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign-in"),
    path("dang-nhap/trinh-dien/", views.demo_sign_in, name="demo-sign-in"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("tai-khoan/", views.me, name="me"),
]
